import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Child, startChild } from '../faults/child-messages.js';
import { spansProcessed } from '../faults/spans-processed.js';
import { startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { arrivals } from './arrived-spans.js';
import { gatewayList, openPlace, type Place, toSink } from './tiers.js';
import { until } from './until.js';

const IS_SOAK = process.env.SOAK === '1';
const PER_SECOND = 500;
/** The agent is killed when it has taken as many. The gateway comes only then: until it is killed it keeps them all. */
const KILLED_AFTER_SPANS = PER_SECOND * (IS_SOAK ? 30 : 3);
const AWAY_SECONDS = IS_SOAK ? 10 : 3;
const AFTER_SECONDS = IS_SOAK ? 10 : 2;

interface Figures {
  /** Spans that the application has made. */
  readonly made: number;
  /** What it says: given to the agent, and given up. */
  readonly delivered: number;
  readonly givenUp: number;
  /** What the gateway says it was given. */
  readonly gatewayAccepted: number;
  /** Different spans at the end of the way, and all of them. */
  readonly arrived: number;
  readonly arrivedWithDoubles: number;
}

/** An application, an agent that is killed and comes back, and a gateway that comes with it. */
async function killAgent(overlays: readonly string[]): Promise<Figures> {
  const sink = await startSink();
  const places: Place[] = [];
  let application: Child | undefined;
  try {
    const gateway = await openPlace({ overlays: ['gateway.yaml'], config: [toSink], env: { SINK_URL: sink.url } });
    places.push(gateway);
    await gateway.collector().kill();
    const agent = await openPlace({
      overlays: ['agent.yaml', ...overlays],
      env: { COLLECTOR_GATEWAYS: gatewayList(gateway), COLLECTOR_GATEWAY_INSECURE: 'true' },
    });
    places.push(agent);
    application = startChild('steady-operations.mjs', {
      env: {
        SINK: agent.httpUrl,
        PER_SECOND: String(PER_SECOND),
        // overruns while the agent is away: what the application gives up is part of the sum
        OTEL_BSP_MAX_QUEUE_SIZE: '1024',
        OTEL_BSP_SCHEDULE_DELAY: '500',
        OTEL_EXPORTER_OTLP_TIMEOUT: '30000',
      },
    });
    const { metricsUrl } = await application.message('working');
    const taken = () => agent.collector().ownMetric('otelcol_receiver_accepted_spans');
    await until(taken, (count) => count >= KILLED_AFTER_SPANS, 120_000);
    await agent.collector().kill();
    await delay(AWAY_SECONDS * 1000);
    await gateway.start();
    await agent.start();
    await delay(AFTER_SECONDS * 1000);
    const { operations } = await application.ask('stop');
    const { delivered, lost } = await spansProcessed(String(metricsUrl));
    await application.ask('end');
    const waiting = () => agent.collector().ownMetric('otelcol_exporter_queue_size', /load_balancing.*traces/);
    await until(waiting, (size) => size === 0, 60_000);
    await agent.collector().stop();
    const accepted = () => gateway.collector().ownMetric('otelcol_receiver_accepted_spans');
    const sent = () => gateway.collector().ownMetric('otelcol_exporter_sent_spans', /exporter="otlp_http/);
    const gatewayAccepted = await accepted();
    await until(sent, (count) => count >= gatewayAccepted, 60_000);
    const counts = arrivals(sink);
    return {
      made: Number(operations),
      delivered,
      givenUp: Object.values(lost).reduce((sum, count) => sum + count, 0),
      gatewayAccepted,
      arrived: counts.size,
      arrivedWithDoubles: [...counts.values()].reduce((sum, count) => sum + count, 0),
    };
  } finally {
    application?.kill();
    await Promise.all(places.map((place) => place.close()));
    await sink.close();
  }
}

const QUEUES = { 'on disk': ['persistent-queue.yaml'], 'in memory': [] } as const;
type Queue = keyof typeof QUEUES;
const measured = new Map<Queue, Figures>();

describe.skipIf(!collectorAvailable)(`an agent killed under ${PER_SECOND} spans a second, with the Collector`, () => {
  beforeAll(
    async () => {
      await Promise.all(
        (Object.keys(QUEUES) as Queue[]).map(async (queue) => measured.set(queue, await killAgent(QUEUES[queue]))),
      );
      if (IS_SOAK || process.env.PRINT_FAULTS === '1') console.log(JSON.stringify([...measured]));
    },
    (AWAY_SECONDS + AFTER_SECONDS + 300) * 1000,
  );

  describe.each(Object.keys(QUEUES) as Queue[])('with its queue %s', (queue) => {
    let figures: Figures;
    beforeAll(() => {
      figures = measured.get(queue) as Figures;
    });

    it('the application knows what became of each span that it made', () => {
      expect(figures.delivered + figures.givenUp).toBe(figures.made);
    });

    it('what the gateway says it was given is what arrived', () => {
      expect(figures.gatewayAccepted).toBe(figures.arrivedWithDoubles);
    });

    it('what is lost is what two counters differ by: delivered by the application, accepted by the gateway', () => {
      const { made, delivered, givenUp, gatewayAccepted, arrived, arrivedWithDoubles } = figures;
      const doubles = arrivedWithDoubles - arrived;
      expect(made - givenUp - arrived).toBe(delivered - gatewayAccepted + doubles);
    });

    if (queue === 'on disk') {
      it('nothing is lost that it had answered for', () => {
        expect(figures.arrived).toBe(figures.delivered);
      });

      it('what it had not answered for came twice at most: two requests of an application', () => {
        expect(figures.arrivedWithDoubles - figures.arrived).toBeLessThanOrEqual(2 * 512);
      });
    } else {
      it('all is lost that was in its memory, and nothing else', () => {
        const lost = figures.delivered - figures.gatewayAccepted;
        expect(lost).toBeGreaterThanOrEqual(KILLED_AFTER_SPANS);
        expect(figures.delivered - figures.arrived).toBe(lost);
      });
    }
  });
});
