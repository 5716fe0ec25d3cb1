/** Numbers that look random and are the same on every machine: whole-number arithmetic only. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A number from `low` up to `high`. */
  between(low: number, high: number): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/** Mixes up to three whole numbers into 32 well-spread bits. */
export function hash(a: number, b = 0, c = 0): number {
  let bits = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** A sequence of its own for each seed. */
export function randomFrom(...seed: [number, number?, number?]): Random {
  let count = 0;
  const start = hash(...seed);
  const next = () => {
    count += 1;
    return hash(start, count) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
  };
}
