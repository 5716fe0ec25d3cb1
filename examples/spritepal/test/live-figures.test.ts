import type { OperationSnapshot, Snapshot } from '@otel-monitor/history';
import { describe, expect, it } from 'vitest';
import { liveFigures } from '../src/live-figures.js';

const empty: Snapshot = {
  time: '2026-11-24T00:00:00.000Z',
  service: { name: 'spritepal' },
  operations: [],
  errors: {
    total: 0,
    ratePerMinute: 0,
    ratePerMinuteOver5Minutes: 0,
    byType: {},
    bySeverity: {},
    byOperation: {},
  },
  usage: { features: [], workflows: [] },
  caches: [],
  health: { status: 'unknown', components: [] },
  resources: {},
  custom: {},
  series: { overflow: [] },
};

function operation(name: string, count: number, failures: number, p95?: number): OperationSnapshot {
  return {
    name,
    count,
    failures,
    active: 0,
    ratePerSecond: 0,
    ratePerSecondOver5Minutes: 0,
    ...(p95 === undefined ? {} : { durationSeconds: { mean: p95, p95 } }),
    errorsByType: {},
  };
}

describe('the figures of the live line', () => {
  it('are zeros before anything was recorded', () => {
    expect(liveFigures(empty, 0)).toEqual({
      uptimeSeconds: 0,
      operations: 0,
      failures: 0,
      extractionP95Seconds: undefined,
      errors: 0,
      cacheHits: 0,
      cacheMisses: 0,
      batches: 0,
      health: 'unknown',
    });
  });

  it('add up operations and uses, and take the thumbnails from among the caches', () => {
    const snapshot: Snapshot = {
      ...empty,
      operations: [operation('batch', 2, 0, 0.1), operation('sprite_extraction', 15, 1, 0.002)],
      errors: { ...empty.errors, total: 1 },
      caches: [
        { name: 'other', hits: 9, misses: 9 },
        { name: 'thumbnails', hits: 7, misses: 15 },
      ],
      usage: {
        features: [
          { name: 'batch_extraction', action: 'completed', uses: 2, failures: 1 },
          { name: 'batch_extraction', action: 'cancelled', uses: 1, failures: 0 },
          { name: 'other', action: 'completed', uses: 5, failures: 0 },
        ],
        workflows: [],
      },
      health: { status: 'healthy', components: [] },
    };
    expect(liveFigures(snapshot, 8)).toEqual({
      uptimeSeconds: 8,
      operations: 17,
      failures: 1,
      extractionP95Seconds: 0.002,
      errors: 1,
      cacheHits: 7,
      cacheMisses: 15,
      batches: 3,
      health: 'healthy',
    });
  });
});
