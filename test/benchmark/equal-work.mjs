import { deepStrictEqual } from 'node:assert';
import { resultOf } from './child-process.mjs';
import { metricPoints } from './metric-points.mjs';
import { otlpSpans } from './received-spans.mjs';

const COUNT = 20;

/**
 * Runs both ways once and compares what they exported: spans with attributes, and metric points. Throws on a difference.
 * `monitor` is what is held against by hand, in another variant or environment than usual.
 */
export async function assertEqualWork(sink, isAsync, monitor = {}) {
  const byHand = await exported(sink, { variant: 'by-hand', isAsync });
  const byMonitor = await exported(sink, { variant: 'with-monitor', isAsync, ...monitor });
  deepStrictEqual(byMonitor, byHand);
  if (byHand.spans.length !== COUNT) throw new Error(`${byHand.spans.length} spans of ${COUNT} arrived`);
  if (!byHand.spans.every(({ hasIds, hasTimes }) => hasIds && hasTimes)) throw new Error('spans without ids or times');
  return { spans: byHand.spans.length, points: byHand.points.length };
}

async function exported(sink, settings) {
  const { kept, points } = await keptRun(sink, { ...settings, wantsPoints: true });
  return { spans: otlpSpans(kept), points: metricPoints(points) };
}

/** What a short run of a variant sends, and the points that it would give to a reader. */
export async function keptRun(sink, { env, ...settings }) {
  await sink.take();
  sink.keep();
  const schedule = { blocks: 1, blockSize: COUNT, warmUpBlocks: 0, pauseMillis: 10 };
  const run = { ratio: 1, sink: sink.url, ...schedule, ...settings };
  const { points } = await resultOf('./operation-child.mjs', { args: [JSON.stringify(run)], env });
  const { kept } = await sink.take();
  return { kept, points };
}
