import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import { startSink } from '../otlp/sink.js';

const main = fileURLToPath(new URL('../../examples/usage/dist/main.js', import.meta.url));

it('the usage example tells exactly what its visitors did, and their evaluations leave in their traces', async () => {
  const sink = await startSink();
  const { code, stdout, stderr } = await runProgram(main, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url } });
  await sink.close();
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.trimEnd().replaceAll(/p95 \d+\.\d ms/g, 'p95')).toBe(
    `40 active users today
  gallery   35 uses  23 users, 57 % of the active

import: 40 runs, 30 completed (75 %), 6 failed, 4 abandoned
  choose    40 runs  100 % of the step before  0 failed, 0 left here  p95
  upload    40 runs  100 % of the step before  4 failed, 4 left here  p95
  convert   26 runs   65 % of the step before  2 failed, 0 left here  p95
  publish   30 runs   92 % of the step before  0 failed, 0 left here  p95
  failed with ConnectionLost: 4
  failed with UnknownFormat: 2

new-uploader: 40 evaluations
  off   20 evaluations for 20 users  import: 60 % of 20 completed, 75 % without those who left  gallery: 15 uses
  on    20 evaluations for 20 users  import: 90 % of 20 completed, 90 % without those who left  gallery: 20 uses`,
  );
  const { logs, spans } = sink.received();
  const visits = new Set(spans.map(({ item }) => item.traceId));
  const evaluations = logs.filter(({ item }) => item.eventName === 'feature_flag.evaluation');
  expect([visits.size, evaluations.length]).toEqual([40, 40]);
  expect(new Set(evaluations.map(({ item }) => item.traceId))).toEqual(visits);
  // users leave as hashes alone
  expect(JSON.stringify([logs, spans])).not.toMatch(/visitor-\d/);
});
