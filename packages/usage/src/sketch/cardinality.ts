const ALPHA_INFINITY = 1 / (2 * Math.LN2);

/**
 * How many distinct values left their marks in the registers (O. Ertl, "New cardinality estimation algorithms for
 * HyperLogLog sketches", 2017, algorithm 6): needs no tables for small numbers. Never NaN.
 */
export function cardinality(registers: Uint8Array, precision: number): number {
  const size = registers.length;
  const hashBits = 64 - precision;
  const counts = new Uint32Array(hashBits + 2);
  for (let index = 0; index < size; index += 1) counts[registers[index] as number] = at(counts, registers[index]) + 1;
  if (counts[0] === size) return 0;
  let sum = size * tau(1 - at(counts, hashBits + 1) / size);
  for (let rank = hashBits; rank >= 1; rank -= 1) sum = 0.5 * (sum + at(counts, rank));
  sum += size * sigma(at(counts, 0) / size);
  // all registers at their highest: more than can be told apart
  return sum > 0 ? (ALPHA_INFINITY * size * size) / sum : Number.MAX_SAFE_INTEGER;
}

/** How many values left `taken` of `places` taken, where each takes one. */
export function takenPlaces(taken: number, places: number): number {
  return -places * Math.log1p(-taken / places);
}

/** x + sum of x^(2^k) * 2^(k-1), for registers that are still 0; x below 1. */
function sigma(share: number): number {
  let power = share;
  let weight = 1;
  let sum = share;
  for (let before = -1; before !== sum; ) {
    power *= power;
    before = sum;
    sum += power * weight;
    weight += weight;
  }
  return sum;
}

/** The same for registers that can rise no further. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let root = share;
  let weight = 1;
  let sum = 1 - share;
  for (let before = -1; before !== sum; ) {
    root = Math.sqrt(root);
    before = sum;
    weight *= 0.5;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
}

function at(counts: Uint32Array, index: number | undefined): number {
  return counts[index as number] as number;
}
