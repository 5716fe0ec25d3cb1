import { userCode } from '../../src/sketch/user-code.js';

/** Codes of users whose hashes are random, the same for the same seed (xorshift of 128 bits). */
export function randomCodes(seed: number): () => number {
  let [x, y, z, w] = [seed | 1, 362436069, 521288629, 88675123];
  const word = (): number => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w;
  };
  for (let round = 0; round < 32; round += 1) word();
  return () => userCode(word(), word());
}
