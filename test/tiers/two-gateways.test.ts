import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { arrivals, arrivalsWhen } from './arrived-spans.js';
import { gatewayList, openPlace, type Place, toSink } from './tiers.js';
import { newSpanId, newTraceId, type PlannedSpan, traceRequest } from './trace-request.js';
import { until } from './until.js';

/** SOAK=1: 25,000 traces (100,000 spans) instead of 1,500. */
const IS_SOAK = process.env.SOAK === '1';
const TRACES_A_KIND = IS_SOAK ? 500 : 60;
const REST_TRACES = IS_SOAK ? 22_500 : 1200;
const PERCENT = 20;
const SLOW_MILLIS = 500;
const WAIT_SECONDS = 3;
const TRACES_A_REQUEST = 50;

/** What makes a trace one that is kept, by the one span of its four that shows it. */
const KEPT_KINDS: Record<string, Partial<PlannedSpan>> = {
  'the status error': { status: 2 },
  'an error.type': { attributes: { 'error.type': 'TypeError' } },
  'an answer of 503': { attributes: { 'http.response.status_code': 503 } },
  'an exception told': { events: ['exception'] },
  'a slow span': { durationMillis: SLOW_MILLIS + 50 },
};

interface PlannedTrace {
  readonly kind: string;
  /** Two spans of the one service and two of the other. */
  readonly front: readonly PlannedSpan[];
  readonly back: readonly PlannedSpan[];
}

function planTrace(kind: string, shown: Partial<PlannedSpan> = {}): PlannedTrace {
  const traceId = newTraceId();
  const [root, call, served, query] = [newSpanId(), newSpanId(), newSpanId(), newSpanId()];
  return {
    kind,
    front: [
      { traceId, spanId: root, name: 'root', attributes: { 'http.response.status_code': 404 } },
      { traceId, spanId: call, parentSpanId: root, name: 'call' },
    ],
    back: [
      { traceId, spanId: served, parentSpanId: call, name: 'served', attributes: { 'http.response.status_code': 200 } },
      { traceId, spanId: query, parentSpanId: served, name: 'query', ...shown },
    ],
  };
}

const spansOf = ({ front, back }: PlannedTrace) => [...front, ...back].map(({ spanId }) => spanId);

async function post(url: string, service: string, spans: readonly PlannedSpan[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body: traceRequest(service, spans) });
  if (!response.ok) throw new Error(`refused with ${response.status}: ${await response.text()}`);
}

describe.skipIf(!collectorAvailable)('tail sampling in two gateways behind one agent, with the Collector', () => {
  let sink: OtlpSink;
  let gateways: Place[] = [];
  let agent: Place;
  let traces: PlannedTrace[];
  let arrived: Map<string, number>;
  const sharesOf: number[] = [];
  /** A span that came after the decision, of a trace that was kept and of one that was not. */
  const late = new Map<boolean, string>();

  beforeAll(
    async () => {
      sink = await startSink();
      const gateway = () =>
        openPlace({
          overlays: ['gateway.yaml', 'tail-sampling.yaml'],
          config: [toSink],
          env: {
            SINK_URL: sink.url,
            COLLECTOR_SAMPLING_PERCENT: String(PERCENT),
            COLLECTOR_SAMPLING_SLOW_MILLIS: String(SLOW_MILLIS),
            COLLECTOR_SAMPLING_WAIT: `${WAIT_SECONDS}s`,
          },
        });
      gateways = await Promise.all([gateway(), gateway()]);
      agent = await openPlace({
        overlays: ['agent.yaml'],
        env: { COLLECTOR_GATEWAYS: gatewayList(...gateways), COLLECTOR_GATEWAY_INSECURE: 'true' },
      });
      traces = Object.entries(KEPT_KINDS).flatMap(([kind, shown]) =>
        Array.from({ length: TRACES_A_KIND }, () => planTrace(kind, shown)),
      );
      traces.push(...Array.from({ length: REST_TRACES }, () => planTrace('rest')));
      traces.sort(({ front: [a] }, { front: [b] }) => (String(a?.traceId) < String(b?.traceId) ? -1 : 1));
      for (let at = 0; at < traces.length; at += TRACES_A_REQUEST) {
        const some = traces.slice(at, at + TRACES_A_REQUEST);
        // four requests a trace, of two services, and a trace's later spans before its first
        await post(
          agent.httpUrl,
          'back',
          some.map(({ back }) => back[1] as PlannedSpan),
        );
        await post(
          agent.httpUrl,
          'front',
          some.map(({ front }) => front[1] as PlannedSpan),
        );
        await post(
          agent.httpUrl,
          'back',
          some.map(({ back }) => back[0] as PlannedSpan),
        );
        await post(
          agent.httpUrl,
          'front',
          some.map(({ front }) => front[0] as PlannedSpan),
        );
      }
      const decided = async (how?: RegExp) => {
        const counts = gateways.map(({ collector }) =>
          collector().ownMetric('otelcol_processor_tail_sampling_global_count_traces_sampled', how),
        );
        return (await Promise.all(counts)).reduce((sum, of) => sum + of, 0);
      };
      await until(
        () => decided(),
        (count) => count >= traces.length,
        IS_SOAK ? 300_000 : 60_000,
      );
      for (const { collector } of gateways) {
        sharesOf.push(await collector().ownMetric('otelcol_processor_tail_sampling_new_trace_id_received'));
      }
      const kept = await decided(/sampled="true"/);
      arrived = await arrivalsWhen(sink, 4 * kept, 60_000);
      expect(arrived.size).toBe(4 * kept);
      for (const isKept of [false, true]) {
        const of = traces.find((trace) => trace.kind === 'rest' && arrived.has(spansOf(trace)[0] as string) === isKept);
        const span = { traceId: String(of?.front[0]?.traceId), spanId: newSpanId(), name: 'late', status: 2 as const };
        late.set(isKept, span.spanId);
        await post(agent.httpUrl, 'front', [span]);
      }
      await until(
        () => arrivals(sink),
        (counts) => counts.has(String(late.get(true))),
        60_000,
      );
      // what a gateway still has comes when it ends
      await Promise.all(gateways.map(({ collector }) => collector().stop()));
      arrived = arrivals(sink);
    },
    IS_SOAK ? 600_000 : 240_000,
  );
  afterAll(async () => {
    await Promise.all([...gateways, agent].map((place) => place?.close()));
    await sink?.close();
  });

  it('each gateway has its share of the traces, and none has a trace of the other', () => {
    expect(sharesOf.reduce((sum, of) => sum + of, 0)).toBe(traces.length);
    for (const share of sharesOf) expect(share / traces.length).toBeGreaterThan(0.3);
  });

  it('a trace is whole or absent', () => {
    const broken = traces.filter((trace) => {
      const there = spansOf(trace).filter((id) => arrived.has(id)).length;
      return there !== 0 && there !== 4;
    });
    expect(broken).toEqual([]);
  });

  it.each(Object.keys(KEPT_KINDS))('every trace with %s is kept', (kind) => {
    const missing = traces.filter((trace) => trace.kind === kind && !arrived.has(spansOf(trace)[0] as string));
    expect(missing).toEqual([]);
  });

  it(`of the rest ${PERCENT} % are kept, within four standard deviations`, () => {
    const rest = traces.filter(({ kind }) => kind === 'rest');
    const kept = rest.filter((trace) => arrived.has(spansOf(trace)[0] as string)).length;
    const expected = (rest.length * PERCENT) / 100;
    const deviation = Math.sqrt(expected * (1 - PERCENT / 100));
    expect(kept).toBeGreaterThan(expected - 4 * deviation);
    expect(kept).toBeLessThan(expected + 4 * deviation);
  });

  it('a span that comes late follows its trace, even an error', () => {
    expect([late.get(true), late.get(false)].map((id) => arrived.has(String(id)))).toEqual([true, false]);
  });

  it('no span comes twice', () => {
    expect([...arrived].filter(([, count]) => count > 1)).toEqual([]);
  });
});
