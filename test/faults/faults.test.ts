import { beforeAll, describe, expect, test } from 'vitest';
import { FAULTS, type Fault } from './faulty-collector.js';
import { type FaultRun, runFault } from './run-fault.js';

/** OTEL_MONITOR_SOAK=1 runs the full minute; without it a short version holds the same bounds. */
const IS_SOAK = process.env.OTEL_MONITOR_SOAK === '1';
const WARM_SECONDS = IS_SOAK ? 15 : 2;
const SECONDS = IS_SOAK ? 60 : 5;

const runs = new Map<Fault, FaultRun>();

beforeAll(
  async () => {
    // side by side: what the machine does meanwhile, it does to all of them, the healthy one included
    for (const run of await Promise.all(FAULTS.map((fault) => runFault(fault, WARM_SECONDS, SECONDS))))
      runs.set(run.fault, run);
    if (IS_SOAK) print();
  },
  (WARM_SECONDS + SECONDS + 60) * 1000,
);

function print(): void {
  for (const { fault, signals, lines, ...figures } of runs.values()) {
    console.log(fault, JSON.stringify({ ...figures, lines: lines.length, traces: signals.traces }));
  }
}

const of = (fault: Fault) => runs.get(fault) as FaultRun;

describe.each(FAULTS.filter((fault) => fault !== 'healthy'))('a Collector with the fault: %s', (fault) => {
  test('does not slow the program down', () => {
    expect(of(fault).rate).toBeGreaterThan(450);
    expect(of(fault).p99Millis - of('healthy').p99Millis).toBeLessThan(5);
  });

  test('does not make memory grow by 10 MB', () => {
    expect(of(fault).grownMegabytes).toBeLessThan(10);
  });

  test('does not hold up the shutdown, nor change the exit code', () => {
    const { shutdownMillis, shutdownTimeoutMillis, code } = of(fault);
    expect(shutdownMillis).toBeLessThan(shutdownTimeoutMillis + 500);
    expect(code).toBe(0);
  });

  test('is said in one line a minute at most, and counted', () => {
    const { lines, totalSeconds, signals } = of(fault);
    expect(lines.length).toBeLessThanOrEqual(1 + Math.floor(totalSeconds / 60));
    if (fault === 'slow') return;
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatch(/^otel-monitor: (traces|logs|metrics) could not be sent to http:/);
    expect(signals.traces.dropped).toBeGreaterThan(0);
  });

  test('is not met by a storm of requests', () => {
    // three signals; a full batch every half second is the most that 1,000 spans a second ask for
    expect(of(fault).requests / of(fault).totalSeconds).toBeLessThan(6);
  });
});

test('a healthy Collector gets everything', () => {
  const { signals, lines, code } = of('healthy');
  expect([signals.traces.dropped, signals.logs.dropped, lines, code]).toEqual([0, 0, [], 0]);
});
