import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedRank, isUserCode, placeOf, rankOf, registerOf, userCode } from '../../src/sketch/user-code.js';

/** The register and rank that a hash of 64 bits has by the definition of HyperLogLog. */
function byDefinition(high: number, low: number, precision: number): [register: number, rank: number] {
  const bits = (high >>> 0).toString(2).padStart(32, '0') + (low >>> 0).toString(2).padStart(32, '0');
  const rest = bits.slice(precision);
  const first = rest.indexOf('1');
  return [Number.parseInt(bits.slice(0, precision), 2), first < 0 ? rest.length + 1 : first + 1];
}

const words = fc.tuple(
  fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1, 0x1000, 0xfff)),
  fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1)),
);

describe('the code of a user', () => {
  it('keeps of a hash what every precision needs', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 20 }), ([high, low], precision) => {
        const code = userCode(high, low);
        expect(isUserCode(code)).toBe(true);
        expect([registerOf(code, precision), rankOf(code, precision)]).toEqual(byDefinition(high, low, precision));
      }),
    );
  });

  it('a register that is folded is the one of the lower precision', () => {
    fc.assert(
      fc.property(words, ([high, low]) => {
        const code = userCode(high, low);
        const fine = registerOf(code, 12);
        expect([fine >>> 3, foldedRank(fine, 3, rankOf(code, 12))]).toEqual(byDefinition(high, low, 9));
      }),
    );
  });

  it('is a small integer, and the highest place and rank fit', () => {
    expect(userCode(0, 0)).toBe(45);
    expect(userCode(-1, -1)).toBe(0xfffff * 64 + 1);
    expect(userCode(-1 << 12, 0)).toBe(0xfffff * 64 + 45);
    expect(placeOf(0xfffff * 64 + 45)).toBe(0xfffff);
  });

  it.each([-1, 0, 46, 64, 2 ** 26 + 1, Number.NaN, 0.5])('%s is none', (code) => expect(isUserCode(code)).toBe(false));
});
