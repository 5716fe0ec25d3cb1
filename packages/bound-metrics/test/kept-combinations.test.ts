import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptCombinations } from '../src/kept-combinations.js';

/** What is kept, else a new object that is then to be kept: that it was shows at the next time. */
const keeping = (places = 1000) => {
  const kept = new KeptCombinations<{ made: number }>({ places });
  return (dimensions: object) => {
    const known = kept.get(dimensions);
    if (known !== undefined) return known;
    const made = { made: 1 };
    kept.set(dimensions, made);
    return made;
  };
};

describe('kept combinations', () => {
  it('make one thing for one combination', () => {
    const get = keeping();
    expect(get({ rom: 'sfc', size: 4 })).toBe(get({ rom: 'sfc', size: 4 }));
    expect(get({})).toBe(get({}));
    expect(get({ rom: 'sfc', size: undefined })).toBe(get({ rom: 'sfc' }));
  });

  it('tell combinations apart that look alike', () => {
    const get = keeping();
    const alike = [
      { a: 1 },
      { a: '1' },
      { a: true },
      { a: 'true' },
      { b: 1 },
      { a: 1, b: 1 },
      { a: '', b: '' },
      { ab: '' },
      {},
    ];
    expect(new Set(alike.map(get)).size).toBe(alike.length);
    expect(alike.map(get)).toEqual(alike.map(get));
  });

  it('find what a Map by JSON finds, whatever the combinations are', () => {
    const value = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ max: 3, min: 0 }), fc.boolean());
    const dimensions = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(dimensions, { maxLength: 40 }), (all) => {
        const get = keeping();
        const byJson = new Map<string, unknown>();
        for (const one of all) {
          const json = JSON.stringify(Object.entries(one));
          if (!byJson.has(json)) byJson.set(json, get(one));
          expect(get(one)).toBe(byJson.get(json));
        }
        expect(new Set(byJson.values()).size).toBe(byJson.size);
      }),
    );
  });

  it('keep no more places than they may, and go on making', () => {
    const get = keeping(10);
    for (let i = 0; i < 10; i += 1) get({ id: i });
    expect(get({ id: 3 })).toBe(get({ id: 3 }));
    expect(get({ id: 10 })).not.toBe(get({ id: 10 }));
  });

  it.each([
    ['a long value', { a: 'x'.repeat(257) }],
    ['a long key', { ['x'.repeat(257)]: 1 }],
    ['an object', { a: {} }],
    ['more than 16 keys', Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, 1]))],
    [
      'a getter that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    ['a revoked proxy', revoked()],
  ])('do not keep %s', (_what, dimensions) => {
    const get = keeping();
    expect(get(dimensions)).not.toBe(get(dimensions));
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
