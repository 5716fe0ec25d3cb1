import type { PointValue } from '@otel-monitor/bound-metrics';
import type { WireInstrument, WireNumber, WireValue } from './message.js';

/** Buckets beyond these are nobody's histogram. */
const MAX_BUCKETS = 4096;
const MIN_SCALE = -11;
const MAX_SCALE = 20;
const MAX_INDEX = 2 ** 31 - 1;

/** The total of a series as a flat list of numbers; undefined when it holds what cannot be added up. */
export function wireValue(id: number, value: PointValue): WireValue | undefined {
  if (typeof value === 'number') return [id, number(value)];
  const shared = [id, number(value.sum), number(value.min), number(value.max)];
  if ('buckets' in value) return [...shared, ...value.buckets.counts];
  // instruments of ours take nothing below zero, those of the SDK hardly ever
  if (value.negative.bucketCounts.some((count) => count > 0)) return undefined;
  const { scale, zeroCount, positive } = value;
  return [...shared, scale, zeroCount, positive.offset, ...positive.bucketCounts];
}

/** The total as it was before it was written; undefined when it is nothing that such an instrument can have. */
export function readWireValue(value: WireValue, { kind, buckets }: WireInstrument): PointValue | undefined {
  if (kind !== 'histogram') return isNumber(value[1]) && value.length === 2 ? value[1] : undefined;
  const [, sum, min, max, ...rest] = value;
  const shared = { sum: known(sum), min: known(min), max: known(max) };
  if (rest.length > MAX_BUCKETS || !rest.every(Number.isInteger)) return undefined;
  const numbers = rest as number[];
  if (buckets !== 'exponential') {
    const boundaries = buckets as number[];
    if (numbers.length !== boundaries.length + 1 || !numbers.every(isCount)) return undefined;
    return { ...shared, sum: shared.sum ?? 0, count: total(numbers), buckets: { boundaries, counts: numbers } };
  }
  const [scale, zeroCount, offset, ...bucketCounts] = numbers;
  if (scale === undefined || scale < MIN_SCALE || scale > MAX_SCALE) return undefined;
  if (offset === undefined || Math.abs(offset) + bucketCounts.length > MAX_INDEX) return undefined;
  if (!isCount(zeroCount) || !bucketCounts.every(isCount)) return undefined;
  return {
    ...shared,
    sum: shared.sum ?? 0,
    count: zeroCount + total(bucketCounts),
    scale,
    zeroCount,
    positive: { offset, bucketCounts },
    negative: { offset: 0, bucketCounts: [] },
  };
}

function number(value: number | undefined): WireNumber {
  return isNumber(value) ? value : null;
}

function known(value: WireNumber | undefined): number | undefined {
  return isNumber(value) ? value : undefined;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && value >= 0;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
