import { deepStrictEqual } from 'node:assert';
import { startChild } from './child-process.mjs';
import { SCOPE } from './work.mjs';

const COUNT = 20;

/** Runs both ways once and compares what they exported: spans with attributes, and metric points. Throws on a difference. */
export async function assertEqualWork(sink, isAsync) {
  const byHand = await exported('by-hand', sink, isAsync);
  const byMonitor = await exported('with-monitor', sink, isAsync);
  deepStrictEqual(byMonitor, byHand);
  if (byHand.spans.length !== COUNT) throw new Error(`${byHand.spans.length} spans of ${COUNT} arrived`);
  return { spans: byHand.spans.length, points: byHand.points.length, example: byHand };
}

async function exported(variant, sink, isAsync) {
  sink.keep();
  const settings = { variant, isAsync, ratio: 1, sink: sink.url, wantsPoints: true };
  const schedule = { blocks: 1, blockSize: COUNT, warmUpBlocks: 0, pauseMillis: 10 };
  const child = startChild('./operation-child.mjs', { args: [JSON.stringify({ ...settings, ...schedule })] });
  const { result } = await child.message('result');
  await child.exited;
  const { kept } = await sink.take();
  return { spans: spansOf(kept), points: pointsOf(result.points) };
}

function spansOf(kept) {
  return kept
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ scope, spans }) => spans.map((span) => comparable(scope, span)))
    .sort((a, b) => a.attributes.sprites - b.attributes.sprites);
}

/** Everything but ids and times. */
function comparable(scope, { name, kind, attributes = [], events = [], links = [], status = {}, parentSpanId, flags }) {
  return {
    scope: { name: scope.name, version: scope.version },
    name,
    kind,
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]).sort()),
    events: events.length,
    links: links.length,
    status: status.code ?? 0,
    isRoot: parentSpanId === undefined || parentSpanId === '',
    flags,
  };
}

/** Everything but times and durations. */
function pointsOf(scopeMetrics) {
  return scopeMetrics
    .filter(({ scope }) => scope.name === SCOPE.name)
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ descriptor, dataPointType, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({
        name: descriptor.name,
        unit: descriptor.unit,
        type: dataPointType,
        attributes: Object.fromEntries(Object.entries(attributes).sort()),
        value: typeof value === 'number' ? value : { count: value.count, boundaries: value.buckets.boundaries },
      })),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}
