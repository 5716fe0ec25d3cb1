import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COARSE_PRECISION, HyperLogLog } from '../../src/sketch/hyper-log-log.js';
import { sketchOfText, sketchText } from '../../src/sketch/sketch-text.js';
import { randomCodes } from './random-codes.js';

const sketch = (count: number, seed: number, precision = 12): HyperLogLog => {
  const made = new HyperLogLog();
  const next = randomCodes(seed);
  for (let user = 0; user < count; user += 1) made.add(next());
  made.coarsen(precision);
  return made;
};

describe('the text of a sketch', () => {
  it('is five characters for each of few, and one for each register of many', () => {
    expect(sketchText(new HyperLogLog())).toBe('1c');
    const one = new HyperLogLog();
    one.add(3 * 64 + 7);
    expect(sketchText(one)).toBe('1cAAADH');
    expect(sketchText(sketch(700, 1)).length).toBeLessThanOrEqual(2 + 700 * 5);
    expect(sketchText(sketch(5000, 1))).toHaveLength(3 + 4096);
    expect(sketchText(sketch(5000, 1, COARSE_PRECISION))).toHaveLength(3 + 512);
  });

  it('gives the same sketch back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 2000 }), fc.constantFrom(9, 12), (seed, count, precision) => {
        const text = sketchText(sketch(count, seed, precision));
        const read = sketchOfText(text);
        expect(read && sketchText(read)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  const whole = sketchText(sketch(50, 4));
  const registers = sketchText(sketch(5000, 4));
  it.each([
    ['nothing', undefined],
    ['a number', 1],
    ['an object', { toString: () => '1c' }],
    ['another version', `2${whole.slice(1)}`],
    ['a code cut short', whole.slice(0, -1)],
    ['a foreign character', `${whole.slice(0, -1)}!`],
    ['a rank of zero', '1cAAADA'],
    ['a rank that cannot be', '1cAAAD/'],
    ['codes out of order', `1cAAADHAAACH`],
    ['a place twice', `1cAAADHAAADI`],
    ['more codes than are kept', `1c${'AAADH'.repeat(5000)}`],
    ['registers cut short', registers.slice(0, -1)],
    ['a precision that is not ours', `1rD${registers.slice(3)}`],
    ['a rank too high', `${registers.slice(0, -1)}/`],
  ])('is refused where there is %s', (_, text) => expect(sketchOfText(text)).toBeUndefined());

  it('is refused or read, never thrown at, whatever was damaged', () => {
    fc.assert(
      fc.property(fc.constantFrom(whole, registers), fc.nat(4000), fc.string({ maxLength: 3 }), (text, at, other) => {
        const read = sketchOfText(text.slice(0, at) + other + text.slice(at + other.length));
        if (read !== undefined) expect(read.estimate()).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
