import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LruCache } from '../src/lru-cache.js';

describe('LruCache', () => {
  it('drops what was unused for longest', () => {
    const cache = new LruCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect(cache.get('b')).toBeUndefined();
    expect([cache.get('a'), cache.get('c')]).toEqual([1, 3]);
    expect([cache.size, cache.evictions]).toEqual([2, 1]);
  });

  it('holds the keys used last, never more than its capacity', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 9 }).map(String), write: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const cache = new LruCache<string>(capacity);
        let used: string[] = []; // the model: keys from the one used last
        for (const { key, write } of steps) {
          if (write) cache.set(key, key);
          else expect(cache.get(key)).toBe(used.includes(key) ? key : undefined);
          if (write || used.includes(key)) used = [key, ...used.filter((other) => other !== key)].slice(0, capacity);
          expect(cache.size).toBe(used.length);
        }
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %s', (capacity) => {
    expect(() => new LruCache(capacity)).toThrow(RangeError);
  });
});
