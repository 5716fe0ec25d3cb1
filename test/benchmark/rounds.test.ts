import { describe, expect, it } from 'vitest';
import { inOrderOf, interleaved } from './rounds.mjs';

describe('the rounds of a benchmark', () => {
  it('run every variant once a round, one at a time, each first in turn', async () => {
    const order: string[] = [];
    let running = 0;
    const results = await interleaved(['a', 'b', 'c'], 4, async (variant, round) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      order.push(variant);
      return `${variant}${round}`;
    });
    expect(order.join('')).toBe('abcbcacababc');
    expect(results).toEqual({
      a: ['a0', 'a1', 'a2', 'a3'],
      b: ['b0', 'b1', 'b2', 'b3'],
      c: ['c0', 'c1', 'c2', 'c3'],
    });
  });

  it('end with the first failure', async () => {
    await expect(interleaved(['a'], 2, () => Promise.reject(new Error('spans are lost')))).rejects.toThrow(
      'spans are lost',
    );
  });

  it('keep the variants they were given', () => {
    const variants = ['a', 'b'];
    expect(inOrderOf(3, variants)).toEqual(['b', 'a']);
    expect(variants).toEqual(['a', 'b']);
  });
});
