import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program, runProgram } from './run-program.js';
import { prepareSdk3 } from './sdk3-cache.js';

const DELTA = 0;
const CUMULATIVE = 1;
const LABELS = 'route="/",otel_scope_name="shop",otel_scope_version="1"';

const explicit = (times: number, extremes: object) => ({
  buckets: { boundaries: [0.1, 1], counts: [0, times, 0] },
  sum: times / 2,
  count: times,
  ...extremes,
});
const exponential = (times: number, extremes: object) => ({
  sum: 17 * times,
  count: 3 * times,
  zeroCount: times,
  scale: -1,
  positive: { offset: -1, bucketCounts: [times, 0, times] },
  negative: { offset: 0, bucketCounts: [] },
  ...extremes,
});
const totals = (times: number) => ({
  plain: [CUMULATIVE, times],
  requests: [CUMULATIVE, 2 * times],
  open: [CUMULATIVE, -times],
  duration: [CUMULATIVE, explicit(times, { min: 0.5, max: 0.5 })],
  size: [CUMULATIVE, exponential(times, { min: 0, max: 16 })],
});
const deltas = (round: number) => ({
  plain: [DELTA, 1],
  requests: [DELTA, 2],
  open: [CUMULATIVE, -round],
  duration: [DELTA, explicit(1, {})],
  size: [DELTA, exponential(1, {})],
});

/** What every reader of every SDK gives of the program's two rounds of records. */
const EXPECTED = {
  errors: [],
  page: [
    'plain_total{otel_scope_name="library"} 2',
    `requests_total{${LABELS}} 4`,
    `open{${LABELS}} -2`,
    `duration_count{${LABELS}} 2`,
    `duration_sum{${LABELS}} 1`,
    `duration_bucket{${LABELS},le="0.1"} 0`,
    `duration_bucket{${LABELS},le="1"} 2`,
    `duration_bucket{${LABELS},le="+Inf"} 2`,
    '',
  ],
  plain: totals(2),
  pushed: [
    [totals(1), totals(2)],
    [deltas(1), deltas(2)],
  ],
};

describe('bound metrics are taken by a Prometheus exporter, a plain reader and periodic readers of both temporalities', () => {
  test('of SDK 2.12', async () => {
    const { code, stdout, stderr } = await runProgram(program('bound-readers.mjs'));
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  });
});

const sdk3 = prepareSdk3();
const sdk3Name =
  sdk3.missing === undefined
    ? 'bound metrics are taken by the same readers'
    : `bound metrics are taken by the same readers (needs SDK 3.1 and Node 24 from npm: ${sdk3.missing})`;

describe.skipIf(sdk3.missing)(sdk3Name, () => {
  const { node, folder } = sdk3.missing === undefined ? sdk3 : { node: '', folder: '' };

  test('of SDK 3.1 with api 1.10 on Node 24', async () => {
    const path = join(folder, 'bound-readers.mjs');
    copyFileSync(program('bound-readers.mjs'), path);
    const { code, stdout, stderr } = await runProgram(path, { node, cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  });
});
