import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossSectionM2, equivalentDiameterM, sizeName, velocityMPerS } from '../../src/hvac/duct-size.js';

const rectangular = (widthM: number, heightM: number) => ({ shape: 'rectangular', widthM, heightM }) as const;
const round = (diameterM: number) => ({ shape: 'round', diameterM }) as const;
const side = fc.double({ min: 0.05, max: 3, noNaN: true });

describe('a duct', () => {
  it('has the area of its inside, and a velocity by it', () => {
    expect(crossSectionM2(rectangular(0.4, 0.2))).toBeCloseTo(0.08, 12);
    expect(crossSectionM2(round(0.5))).toBeCloseTo(0.19635, 5);
    // 500 L/s through 350 x 200 mm: 7.14 m/s (worked example after the ASHRAE Handbook's chapter on duct design)
    expect(velocityMPerS(0.5, rectangular(0.35, 0.2))).toBeCloseTo(7.14, 2);
  });

  it.each([
    // ASHRAE Handbook Fundamentals, table of circular equivalents of rectangular ducts; the first three in inches
    [12, 12, 13.1],
    [10, 10, 10.9],
    [32, 6, 14.0],
    [0.2, 0.1, 0.152],
    [0.3, 0.2, 0.266],
    [0.4, 0.3, 0.378],
  ])('of %d by %d is equivalent to a round one of %d', (width, height, diameter) => {
    const digits = diameter > 1 ? 1 : 3;
    expect(Number(equivalentDiameterM(rectangular(width, height)).toFixed(digits))).toBe(diameter);
  });

  it('that is round is its own equivalent', () => {
    expect(equivalentDiameterM(round(0.315))).toBe(0.315);
  });

  it('has the same equivalent on its side, and one that grows with each side', () => {
    fc.assert(
      fc.property(side, side, fc.double({ min: 1.01, max: 3, noNaN: true }), (a, b, factor) => {
        expect(equivalentDiameterM(rectangular(a, b))).toBe(equivalentDiameterM(rectangular(b, a)));
        expect(equivalentDiameterM(rectangular(a * factor, b))).toBeGreaterThan(equivalentDiameterM(rectangular(a, b)));
      }),
    );
  });

  it('is ordered by millimetres', () => {
    expect([sizeName(round(0.315)), sizeName(rectangular(0.4, 0.2))]).toEqual(['ø315', '400x200']);
  });
});
