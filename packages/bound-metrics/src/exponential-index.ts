import { MAX_TABLE_SCALE, significandTable } from './significand-table.js';

const MIN_NORMAL = 2 ** -1022;
const SUBNORMAL_SHIFT = 52;
const EXPONENT_BIAS = 1023;
const EXPONENT_SHIFT = 20;
const SIGNIFICAND = 0xfffff;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
float[0] = 1;
/** Which of the two words holds sign and exponent depends on the machine's byte order. */
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

/**
 * The bucket of `value` > 0: bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale) (specification, Metrics Data Model,
 * "Exponential Buckets"). Exact for powers of two and for every scale <= 0, subnormal numbers included; in between, a
 * value that double precision hardly tells from a bound may be counted on its other side.
 */
export function exponentialIndex(value: number, scale: number): number {
  float[0] = value < MIN_NORMAL ? value * 2 ** SUBNORMAL_SHIFT : value;
  const high = words[HIGH]!;
  const exponent = (high >>> EXPONENT_SHIFT) - EXPONENT_BIAS - (value < MIN_NORMAL ? SUBNORMAL_SHIFT : 0);
  const isPowerOfTwo = (high & SIGNIFICAND) === 0 && words[LOW] === 0;
  // upper bounds are inclusive: a power of two belongs to the bucket that ends with it
  if (scale <= 0) return (isPowerOfTwo ? exponent - 1 : exponent) >> -scale;
  const bucketsAPower = 1 << scale;
  if (isPowerOfTwo) return exponent * bucketsAPower - 1;
  const part =
    scale <= MAX_TABLE_SCALE ? tabled(high & SIGNIFICAND, words[LOW]!, scale) : calculated(high, bucketsAPower);
  return exponent * bucketsAPower + part;
}

/** The bucket between 1 and 2 of a significand above 1, by its bits. */
function tabled(high: number, low: number, scale: number): number {
  const table = significandTable(scale);
  const bucket = table.first[high >>> (EXPONENT_SHIFT - 1 - scale)]!;
  const bound = table.high[bucket]!;
  return high > bound || (high === bound && low > table.low[bucket]!) ? bucket + 1 : bucket;
}

/** The same by the logarithm: that of the significand alone is as precise for 1e300 as it is for 1. */
function calculated(high: number, bucketsAPower: number): number {
  words[HIGH] = (high & SIGNIFICAND) | (EXPONENT_BIAS << EXPONENT_SHIFT);
  const part = Math.ceil(Math.log2(float[0]!) * bucketsAPower) - 1;
  return Math.min(Math.max(part, 0), bucketsAPower - 1);
}
