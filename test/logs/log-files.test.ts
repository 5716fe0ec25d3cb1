import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onPath } from '../../scripts/executable-file.mjs';
import type { OtlpLogRecord, Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';

const program = fileURLToPath(new URL('./programs/loggers.mjs', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const overlays = ['files.yaml', 'log-files.yaml'];
const jq = onPath('jq', process.env);
const needs = jq === undefined ? ' (needs jq)' : '';

describe.skipIf(!collectorAvailable)('log files that are followed, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-logs-'));
  const env = {
    COLLECTOR_LOG_FILES: join(folder, '*.log'),
    COLLECTOR_LOG_FOLDER: join(folder, 'positions'),
    COLLECTOR_LOG_SERVICE: 'shop',
  };
  let collector: CollectorProcess;
  let telemetry: Telemetry;
  const of = ({ logs }: Telemetry, file: string): OtlpLogRecord[] =>
    logs.map(({ item }) => item).filter(({ attributes }) => attributes['log.file.name'] === file);
  const spanOf = (name: string) => {
    const span = telemetry.spans.find(({ item }) => item.name === name)?.item;
    return { traceId: span?.traceId, spanId: span?.spanId };
  };
  /** The record of a body, without what differs from run to run. */
  const recordOf = (file: string, body: string) => {
    const records = of(telemetry, file);
    const record =
      records.find((item) => item.body === body) ?? records.find((item) => String(item.body).startsWith(body));
    const { 'log.file.path': path, 'host.name': host, 'process.pid': pid, ...attributes } = record?.attributes ?? {};
    return { ...record, attributes };
  };

  beforeAll(async () => {
    collector = await startCollector({ overlays, env });
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, LOGS: folder, COLLECTOR: collector.otlpHttpUrl },
      stdio: ['ignore', openSync(join(folder, 'console.log'), 'w'), 'inherit'],
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    telemetry = await collector.readFileWhen(
      (seen) =>
        seen.spans.length === 3 &&
        of(seen, 'pino.log').length === 22 &&
        of(seen, 'winston.log').length === 3 &&
        of(seen, 'console.log').length === 3,
    );
  });
  afterAll(async () => {
    await collector?.stop();
    rmSync(folder, { recursive: true });
  });

  it('lines of pino have severity, time, fields and the context of their span', () => {
    expect(telemetry.logs.every(({ resource }) => resource['service.name'] === 'shop')).toBe(true);
    const line = JSON.parse(readFileSync(join(folder, 'pino.log'), 'utf8').split('\n')[0] ?? '') as { time: number };
    expect(recordOf('pino.log', 'decoded')).toMatchObject({
      ...{ timeUnixNano: `${line.time}000000`, severityNumber: 9, severityText: 'INFO', ...spanOf('by pino') },
      attributes: { 'log.file.name': 'pino.log', sheet: 12, nested: { tile: 3 } },
    });
    const { attributes, ...record } = recordOf('pino.log', 'decoding failed');
    expect(record).toMatchObject({ severityNumber: 17, severityText: 'ERROR', ...spanOf('by pino') });
    expect(attributes).toEqual({
      ...{ 'log.file.name': 'pino.log', component: 'decoder', 'exception.type': 'RangeError' },
      'exception.message': 'tile 12 out of range',
      'exception.stacktrace': expect.stringMatching(/^RangeError: tile 12 out of range\n {4}at /),
    });
    const severities = ['t', 'd', 'w', 'f'].map((body) => recordOf('pino.log', body).severityNumber);
    expect(severities).toEqual([1, 5, 13, 21]);
  });

  it('lines of winston have them, too', () => {
    expect(recordOf('winston.log', 'saved')).toMatchObject({
      ...{ severityNumber: 9, severityText: 'INFO', ...spanOf('by winston') },
      attributes: { sheet: 12 },
    });
    const record = recordOf('winston.log', 'saving failed');
    expect(record.severityNumber).toBe(17);
    expect(record.attributes).toEqual({
      ...{ 'log.file.name': 'winston.log', component: 'store' },
      'exception.stacktrace': 'Error: saving failed\n    at save (/srv/app/store.js:1:1)',
    });
    expect(recordOf('winston.log', 'noise').severityNumber).toBe(1);
  });

  it('plain lines tell their time, severity and span where they have them; a stack is one record', () => {
    const { traceId, spanId } = spanOf('by console');
    expect(recordOf('console.log', '2026')).toMatchObject({
      ...{ timeUnixNano: '1795478400123000000', severityNumber: 17, severityText: 'ERROR', traceId, spanId },
      ...{ body: expect.stringMatching(/^2026-11-24T00:00:00.123Z ERROR sheet 12 failed trace_id=/) },
      attributes: { 'log.file.name': 'console.log' },
    });
    expect(recordOf('console.log', 'plain words')).toMatchObject({ traceId, spanId });
    const stack = recordOf('console.log', 'Error: first line');
    expect(stack.body).toMatch(/^Error: first line\n {4}at .*\n {4}at /);
    expect(stack.traceId ?? '').toBe('');
  });

  describe.skipIf(needs !== '')(`the questions of docs/logs.md${needs}`, () => {
    /** The commands of the guide, each run on what the Collector wrote; what they answer, line by line. */
    const asked = async (): Promise<unknown[][]> => {
      const guide = readFileSync(join(root, 'docs/logs.md'), 'utf8');
      const commands = [...guide.matchAll(/```sh\n(jq [^`]*)\n```/g)].map(([, command = '']) => command);
      const out = join(folder, 'out');
      const files = collector.readText().split('\n');
      writeFileSync(`${out}-logs`, files.filter((line) => line.startsWith('{"resourceLogs"')).join('\n'));
      writeFileSync(`${out}-traces`, files.filter((line) => line.startsWith('{"resourceSpans"')).join('\n'));
      return await Promise.all(
        commands.map(async (command) => {
          const here = command.replace('out/logs.jsonl', `${out}-logs`).replace('out/traces.jsonl', `${out}-traces`);
          expect(here, 'the command names a file of files.yaml').not.toBe(command);
          const shell = { cwd: root, env: { ...process.env, TRACE: spanOf('by pino').traceId } };
          const { stdout } = await promisify(execFile)('sh', ['-c', here], shell);
          const lines = stdout.trim().split('\n');
          return lines.map((line) => (line.startsWith('{') ? (JSON.parse(line) as unknown) : line));
        }),
      );
    };

    it('are answered as they stand', async () => {
      const [errors, logged, traced, agents, settings, lines, ...more] = await asked();
      expect(more).toEqual([]);
      expect(errors).toEqual([
        { count: 3, component: 'decoder', message: 'tile N out of range' },
        ...[
          { count: 1, component: '-', message: expect.stringContaining('ERROR sheet N failed') },
          { count: 1, component: '-', message: 'f' },
          { count: 1, component: 'crash_detector', message: 'agent N does not answer' },
          { count: 1, component: 'decoder', message: 'decoding failed' },
          { count: 1, component: 'store', message: 'saving failed' },
        ],
      ]);
      expect(logged).toEqual([
        { operation: 'load', count: 1, p95: 900, worst: 900 },
        { operation: 'cycle', count: 3, p95: 240, worst: 240 },
      ]);
      const names = ['by console', 'by pino', 'by winston'];
      expect((traced as { name: string }[]).map(({ name }) => name).sort()).toEqual(names);
      expect(traced?.[0]).toMatchObject({ count: 1, failed: 0, p95: expect.any(Number) });
      expect(agents).toEqual([
        { agent: 'a1', states: ['idle', 'active', 'crashed'], changes: 2 },
        { agent: 'a2', states: ['idle'], changes: 0 },
      ]);
      expect(settings).toEqual([
        {
          ...{ setting: 'batch_size', value: 100_000, said: 1 },
          warnings: ['configuration is beyond what is sensible'],
        },
        { setting: 'retention_minutes', value: 60, said: 2, warnings: [] },
      ]);
      expect(lines).toEqual([
        expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO decoded$/),
        expect.stringMatching(/Z ERROR decoding failed$/),
      ]);
    });
  });

  it('a Collector that comes back goes on where the last one was, also when that was killed, and takes secrets out', async () => {
    const line = (text: string) => `${JSON.stringify({ level: 'info', msg: text })}\n`;
    const file = join(folder, 'later.log');
    appendFileSync(file, line('one'));
    await collector.readFileWhen((seen) => of(seen, 'later.log').length === 1);
    await collector.kill();
    appendFileSync(file, line('two'));
    collector = await startCollector({ overlays: [...overlays, 'redaction.yaml'], env });
    await collector.readFileWhen((seen) => of(seen, 'later.log').length > 0);
    appendFileSync(file, `${line('login failed, password=hunter2x')}${line('three')}`);
    const seen = await collector.readFileWhen((now) => of(now, 'later.log').some(({ body }) => body === 'three'));
    expect(of(seen, 'later.log').map(({ body }) => body)).toEqual(['two', 'login failed, ****', 'three']);
    expect(of(seen, 'pino.log')).toEqual([]);
  });
});
