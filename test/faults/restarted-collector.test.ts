import { beforeAll, describe, expect, test } from 'vitest';
import { collectorAvailable } from '../real-parts/collector.js';
import { type RestartRun, type RestartSettings, runRestarts } from './run-restarts.js';

/** SOAK=1 runs the full minute; without it a short version holds the same bounds, with a queue that overruns as fast. */
const IS_SOAK = process.env.SOAK === '1';
const SETTINGS: RestartSettings = IS_SOAK
  ? { perSecond: 2000, warmSeconds: 15, seconds: 60, restarts: 2, awaySeconds: 3 }
  : {
      perSecond: 500,
      warmSeconds: 3,
      seconds: 12,
      restarts: 1,
      awaySeconds: 2,
      env: {
        OTEL_BSP_MAX_QUEUE_SIZE: '512',
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '256',
        // a busy machine takes its time to start the Collector: a batch that is given up meanwhile is not what is asked here
        OTEL_EXPORTER_OTLP_TIMEOUT: '30000',
      },
    };

describe.skipIf(!collectorAvailable)(
  `a service under ${SETTINGS.perSecond} requests a second, with the Collector restarted`,
  () => {
    let run: RestartRun;
    beforeAll(
      async () => {
        run = await runRestarts(SETTINGS);
        if (IS_SOAK || process.env.PRINT_FAULTS === '1') console.log(JSON.stringify(run));
      },
      (SETTINGS.warmSeconds + SETTINGS.seconds + 90) * 1000,
    );

    test('answers every request', () => {
      expect(run.failed).toBe(0);
      expect(run.requests).toBe(SETTINGS.perSecond * (SETTINGS.warmSeconds + SETTINGS.seconds));
    });

    test('does not grow by 20 MB', () => {
      expect(run.grownMegabytes).toBeLessThan(20);
      expect(run.rssMegabytes).toBeLessThan(20);
    });

    test('loses spans while the queue is full, for no other reason, and counts every one', () => {
      const { queue_full: lost = 0, ...otherwise } = run.lost;
      expect(otherwise).toEqual({});
      expect(lost).toBeGreaterThan(0);
      expect(run.received + lost).toBe(run.requests);
      expect([run.delivered, run.dropped]).toEqual([run.received, lost]);
    });

    test('says so in a line at most, and ends as it would have', () => {
      expect(run.lines.length).toBeLessThanOrEqual(1);
      expect(run.code).toBe(0);
    });
  },
);
