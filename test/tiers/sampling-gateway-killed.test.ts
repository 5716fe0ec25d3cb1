import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { arrivals } from './arrived-spans.js';
import { type SteadySpans, sendSteadily } from './steady-spans.js';
import { openPlace, type Place, toSink } from './tiers.js';
import { until } from './until.js';

const PER_SECOND = 500;
const WAIT_SECONDS = 2;
/** How long it goes on after the gateway has come back. */
const AFTER_MILLIS = 2_000;

/** The gateway is found by the resolver of names, as in the large; localhost would be ::1, too, on some machines. */
const gatewayByName = ({ grpcEndpoint }: Place) =>
  JSON.stringify({ dns: { hostname: '127.0.0.1', port: grpcEndpoint.split(':')[1], interval: '1s' } });

describe.skipIf(!collectorAvailable)('a gateway that samples, killed and restarted at once, with the Collector', () => {
  let sink: OtlpSink;
  let places: Place[] = [];
  let load: SteadySpans;
  let lost: string[] = [];
  let acceptedBefore: Set<string>;
  let arrivedBefore = 0;
  let sentByAgent = 0;
  let arrivedCount = 0;

  beforeAll(async () => {
    sink = await startSink();
    const gateway = await openPlace({
      overlays: ['gateway.yaml', 'tail-sampling.yaml', 'persistent-queue.yaml'],
      config: [toSink],
      env: { SINK_URL: sink.url, COLLECTOR_SAMPLING_PERCENT: '100', COLLECTOR_SAMPLING_WAIT: `${WAIT_SECONDS}s` },
    });
    const agent = await openPlace({
      overlays: ['agent.yaml', 'persistent-queue.yaml'],
      env: { COLLECTOR_GATEWAYS: gatewayByName(gateway), COLLECTOR_GATEWAY_INSECURE: 'true' },
    });
    places = [gateway, agent];
    load = sendSteadily(agent.httpUrl, PER_SECOND, Number.POSITIVE_INFINITY);
    // the first decisions have fallen
    arrivedBefore = await until(
      () => arrivals(sink).size,
      (count) => count >= PER_SECOND / 2,
      60_000,
    );
    await gateway.collector().kill();
    acceptedBefore = new Set(load.accepted);
    await gateway.start();
    await delay(AFTER_MILLIS);
    await load.end();
    const sent = () => agent.collector().ownMetric('otelcol_exporter_sent_spans', /load_balancing/);
    sentByAgent = await until(sent, (count) => count >= load.accepted.size, 60_000);
    // the last are decided when they have waited, and leave in a batch
    const later = [...load.accepted].filter((id) => !acceptedBefore.has(id));
    const arrived = await until(
      () => arrivals(sink),
      (counts) => later.every((id) => counts.has(id)),
      60_000,
    );
    arrivedCount = arrived.size;
    lost = [...load.accepted].filter((id) => !arrived.has(id));
  });
  afterAll(async () => {
    await Promise.all(places.map((place) => place.close()));
    await sink?.close();
  });

  it('loses of the traces that were open, and of no others', () => {
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.filter((id) => !acceptedBefore.has(id))).toEqual([]);
    expect(lost.length).toBeLessThanOrEqual(acceptedBefore.size - arrivedBefore);
  });

  it('the number is known: sent by the agent, less what came to the backend', () => {
    expect(sentByAgent - arrivedCount).toBe(lost.length);
  });
});
