import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { arrivalsWhen } from './arrived-spans.js';
import { type SteadySpans, sendSteadily } from './steady-spans.js';
import { gatewayList, openPlace, type Place } from './tiers.js';

/** SOAK=1: away for a minute. */
const IS_SOAK = process.env.SOAK === '1';
const PER_SECOND = 500;
const AWAY_SECONDS = IS_SOAK ? 60 : 6;
const BEFORE_SECONDS = IS_SOAK ? 10 : 2;
const AFTER_SECONDS = IS_SOAK ? 10 : 2;
const DRAIN_MILLIS = 60_000;

describe.skipIf(!collectorAvailable)(
  `two gateways under ${PER_SECOND} spans a second, one of them killed for ${AWAY_SECONDS} s, with the Collector`,
  () => {
    let sink: OtlpSink;
    let places: Place[] = [];
    let load: SteadySpans;
    let arrived: Map<string, number>;

    beforeAll(
      async () => {
        sink = await startSink();
        const gateway = () =>
          openPlace({
            overlays: ['gateway.yaml', 'persistent-queue.yaml', 'jaeger.yaml'],
            env: { JAEGER_OTLP_ENDPOINT: sink.url },
          });
        const gateways = await Promise.all([gateway(), gateway()]);
        const agent = await openPlace({
          overlays: ['agent.yaml', 'persistent-queue.yaml'],
          env: { COLLECTOR_GATEWAYS: gatewayList(...gateways), COLLECTOR_GATEWAY_INSECURE: 'true' },
        });
        places = [...gateways, agent];

        load = sendSteadily(agent.httpUrl, PER_SECOND, BEFORE_SECONDS + AWAY_SECONDS + AFTER_SECONDS);
        await delay(BEFORE_SECONDS * 1000);
        await gateways[0].collector().kill();
        await delay(AWAY_SECONDS * 1000);
        await gateways[0].start();
        await load.done;
        const since = performance.now();
        arrived = await arrivalsWhen(sink, load.accepted.size, DRAIN_MILLIS);
        const seconds = (performance.now() - since) / 1000;
        if (IS_SOAK || process.env.PRINT_FAULTS === '1') {
          const twice = [...arrived.values()].reduce((sum, count) => sum + count - 1, 0);
          const { accepted, refused } = load;
          console.log(JSON.stringify({ accepted: accepted.size, refused, arrived: arrived.size, twice, seconds }));
        }
      },
      (BEFORE_SECONDS + AWAY_SECONDS + AFTER_SECONDS) * 1000 + DRAIN_MILLIS + 60_000,
    );
    afterAll(async () => {
      await Promise.all(places.map((place) => place.close()));
      await sink?.close();
    });

    it('takes every span of the applications meanwhile', () => {
      expect(load.refused).toBe(0);
      expect(load.accepted.size).toBe(PER_SECOND * (BEFORE_SECONDS + AWAY_SECONDS + AFTER_SECONDS));
    });

    it('loses nothing that was accepted', () => {
      expect([...load.accepted].filter((id) => !arrived.has(id))).toEqual([]);
    });
  },
);
