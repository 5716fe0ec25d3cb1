import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frictionFactor } from '../../src/hvac/friction-factor.js';
import { frictionRatePaPerM, velocityPressurePa } from '../../src/hvac/friction-rate.js';
import { fanPowerW, pressureLoss } from '../../src/hvac/pressure-loss.js';

const round = (diameterM: number) => ({ shape: 'round', diameterM }) as const;

describe('the friction factor', () => {
  it.each([
    // F. M. White, Fluid Mechanics: asphalted cast iron, its example of head loss in 200 ft of pipe
    [270_000, 0.0008, 0.0198],
    // B. R. Munson et al., Fundamentals of Fluid Mechanics: air in a drawn tube of 4 mm at 50 m/s
    [13_700, 0.000375, 0.0291],
    // laminar: 64 / Re
    [1_000, 0.01, 0.064],
  ])('at Re %d and ε/D %d is %d, as the textbooks have it', (reynolds, roughness, expected) => {
    expect(Number(frictionFactor(reynolds, roughness).toFixed(String(expected).length - 2))).toBe(expected);
  });

  it('solves the equation of Colebrook over the whole chart of Moody', () => {
    const reynolds = fc.double({ min: 3.4, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(reynolds, fc.double({ min: 0, max: 0.05, noNaN: true }), (re, roughness) => {
        const x = 1 / Math.sqrt(frictionFactor(re, roughness));
        expect(x + 2 * Math.log10(roughness / 3.7 + (2.51 * x) / re)).toBeCloseTo(0, 10);
      }),
    );
  });
});

describe('the friction rate', () => {
  it('of 1 m³/s in 500 mm of galvanized steel is 0.55 Pa/m, as far as the friction chart for ducts can be read', () => {
    expect(Math.abs(frictionRatePaPerM(1, round(0.5), 0.00009) / 0.55 - 1)).toBeLessThan(0.02);
  });

  it('of 500 L/s in 350 x 200 mm is 2.3 Pa/m, as the worked example after ASHRAE has it', () => {
    const rate = frictionRatePaPerM(0.5, { shape: 'rectangular', widthM: 0.35, heightM: 0.2 }, 0.00009);
    expect(Number(rate.toFixed(1))).toBe(2.3);
  });

  it('of no air is nothing, and more air costs more', () => {
    expect(frictionRatePaPerM(0, round(0.2), 0.00009)).toBe(0);
    const flow = fc.double({ min: 0.05, max: 5, noNaN: true });
    fc.assert(
      fc.property(flow, fc.double({ min: 1.01, max: 4, noNaN: true }), (airFlow, factor) => {
        const rate = (airFlowM3PerS: number) => frictionRatePaPerM(airFlowM3PerS, round(0.2), 0.00009);
        expect(rate(airFlow * factor)).toBeGreaterThan(rate(airFlow));
      }),
    );
  });
});

describe('a run of duct', () => {
  it('loses by friction along its length and by its fittings', () => {
    const run = { airFlowM3PerS: 0.5, size: round(0.315), lengthM: 10, roughnessM: 0.00009, lossCoefficient: 0.5 };
    const { velocityMPerS, frictionPa, fittingsPa, totalPa } = pressureLoss(run);
    expect(velocityMPerS).toBeCloseTo(6.416, 3);
    expect(frictionPa).toBeCloseTo(10 * frictionRatePaPerM(0.5, round(0.315), 0.00009), 12);
    expect(fittingsPa).toBeCloseTo(0.5 * velocityPressurePa(velocityMPerS), 12);
    expect(totalPa).toBe(frictionPa + fittingsPa);
  });

  it('has the velocity pressure of the worked example: 31 Pa at 7.14 m/s', () => {
    expect(Math.round(velocityPressurePa(7.14))).toBe(31);
  });

  it('asks the fan for flow times pressure over efficiency', () => {
    expect(fanPowerW(1, 300)).toBe(500);
    expect(fanPowerW(1, 300, 0.75)).toBe(400);
  });
});
