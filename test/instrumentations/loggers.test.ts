import { describe, expect, test } from 'vitest';
import { type NodeLine, prepareInstrumented } from './instrumented-cache.js';
import { runInstrumented } from './run-instrumented.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const nodes: NodeLine[] = [20, 24];
const matrix = ['pino', 'winston'].flatMap((name) =>
  nodes.flatMap((node) => ['cjs', 'mjs'].map((extension) => ({ name, node, extension }))),
);

describe.skipIf(installed.missing !== undefined)('log lines (needs npm packages)', () => {
  test.each(matrix)('$name, $extension on Node $node: a line in a span carries its ids', async (given) => {
    const ran = await runInstrumented(folder, `${given.name}.${given.extension}`, given);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const [span] = ran.telemetry.spans.map(({ item }) => item);
    const lines = ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => [line.msg ?? line.message, line.trace_id, line.span_id])).toEqual([
      ['in a span', span?.traceId, span?.spanId],
      ['outside', undefined, undefined],
    ]);
    // both instrumentations send the lines as log records as well
    expect(ran.telemetry.logs.map(({ item }) => [item.body, item.traceId || undefined])).toEqual([
      ['in a span', span?.traceId],
      ['outside', undefined],
    ]);
  });
});
