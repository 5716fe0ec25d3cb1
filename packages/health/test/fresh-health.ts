import { metricStore } from '@otel-monitor/bound-metrics';
import { initialState, redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, vi } from 'vitest';
import { Health } from '../src/health.js';
import { resetHealth } from '../src/index.js';

export const START = '2026-11-24T12:00:00.000Z';

/** What was said on stderr during the test. */
export const said: string[] = [];

/** For every test of a file: no components, no measurements, a clock that stands at `START` until it is moved. */
export function freshHealth(): Health {
  const health = new Health({ name: 'spritepal', version: '1.4.0' });
  let restore: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(START) });
    Object.assign(runtimeState, initialState(), { metrics: 'own' });
    metricStore.reset();
    said.length = 0;
    restore = redirectReports((line) => said.push(line));
  });
  afterEach(() => {
    resetHealth();
    restore();
    Object.assign(runtimeState, initialState());
    vi.useRealTimers();
  });
  return health;
}

/** Moves the clock, and lets what was due happen. */
export const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);
