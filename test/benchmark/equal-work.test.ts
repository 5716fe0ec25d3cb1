import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Runs in plain JavaScript: processes of the built packages. */
const load = (file: string) => import(new URL(file, import.meta.url).href);
const { assertEqualWork } = await load('./equal-work.mjs');
const { startSink } = await load('./child-process.mjs');
let sink: { stop(): Promise<void> };

beforeAll(async () => {
  sink = await startSink();
});

afterAll(() => sink.stop());

describe('the work that the benchmark compares', () => {
  it.each([
    ['sync', 'http/json'],
    ['async', 'http/json'],
    ['sync', 'http/protobuf'],
  ])('is the same by hand and by the monitor: %s, %s', async (form, protocol) => {
    const monitor = { env: { OTEL_EXPORTER_OTLP_PROTOCOL: protocol } };
    // the duration, and what is active
    expect(await assertEqualWork(sink, form === 'async', monitor)).toEqual({ spans: 20, points: 2 });
  });

  it('is found unequal when a side does less', async () => {
    await expect(assertEqualWork(sink, false, { variant: 'bare' })).rejects.toThrow('deep');
    await expect(assertEqualWork(sink, false, { env: { OTEL_ATTRIBUTE_COUNT_LIMIT: '2' } })).rejects.toThrow('deep');
  });
});
