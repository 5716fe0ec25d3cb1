import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexWord, wordHex } from '../src/id-words.js';

const words = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('an id as words', () => {
  it('is written with eight digits, whatever its sign', () => {
    expect([0, 1, -1, 0x0abc_def0, -(2 ** 31)].map(wordHex)).toEqual([
      '00000000',
      '00000001',
      'ffffffff',
      '0abcdef0',
      '80000000',
    ]);
    fc.assert(
      fc.property(words, (word) => {
        expect(wordHex(word)).toBe((word >>> 0).toString(16).padStart(8, '0'));
      }),
    );
  });

  it('is read as it was written, in either case and from anywhere', () => {
    fc.assert(
      fc.property(words, words, (first, second) => {
        const hex = wordHex(first) + wordHex(second);
        expect([hexWord(hex, 0), hexWord(hex, 8), hexWord(hex.toUpperCase(), 8)]).toEqual([first, second, second]);
      }),
    );
  });

  it('is what its digits make where there are others, as parseInt has it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.nat(12), (text, start) => {
        expect(hexWord(text, start)).toBe(Number.parseInt(text.slice(start, start + 8), 16) | 0);
      }),
    );
    expect([hexWord('', 0), hexWord('12', 0), hexWord('ab-def01', 0)]).toEqual([0, 0x12, 0xab]);
  });
});
