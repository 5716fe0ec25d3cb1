import { expect, test } from 'vitest';
import { program, runProgram } from './run-program.js';

const read = (line: string): unknown => (line.startsWith('{') ? JSON.parse(line) : line);

test.each(['log-lines.mjs', 'log-lines.cjs'])(
  'lines of pino, winston and the console lead to their trace: %s',
  async (name) => {
    const { code, stdout, stderr } = await runProgram(program(name));
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    const { traceId, spanId } = JSON.parse(lines.pop() ?? '');
    const fields = { trace_id: traceId, span_id: spanId, trace_flags: '01' };
    const sorted = lines.map(read);
    expect(traceId).toMatch(/^[\da-f]{32}$/);
    expect(sorted).toHaveLength(6);
    // winston writes when its stream has its turn
    expect(sorted).toEqual(
      expect.arrayContaining([
        { level: 30, ...fields, msg: 'pino' },
        { level: 'info', message: 'winston', ...fields },
        `console 1 trace_id=${traceId} span_id=${spanId}`,
        { level: 30, msg: 'pino' },
        { level: 'info', message: 'winston' },
        'console 1',
      ]),
    );
  },
);
