import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COARSE_PRECISION, HyperLogLog } from '../../src/sketch/hyper-log-log.js';
import { sketchOfText, sketchText } from '../../src/sketch/sketch-text.js';
import { SketchLog, type SketchPart } from '../../src/users/sketch-log.js';
import { randomCodes } from '../sketch/random-codes.js';

/** A disk: what was written under each number, as long as it is not gone. */
function write(disk: Map<number, string>, parts: readonly SketchPart[]): void {
  for (const [number, text] of parts) {
    if (text === undefined) disk.delete(number);
    else disk.set(number, text);
  }
}

function unionOf(disk: ReadonlyMap<number, string>): string {
  const union = new HyperLogLog();
  for (const text of disk.values()) union.merge(sketchOfText(text) as HyperLogLog);
  return sketchText(union);
}

describe('what is written of a sketch', () => {
  it('is all of it after each write, and never twice as much as the whole', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 40 }), (seed, steps) => {
        const log = new SketchLog('k');
        const next = randomCodes(seed);
        const disk = new Map<number, string>();
        for (const users of steps) {
          for (let user = 0; user < users; user += 1) log.add(next());
          write(disk, log.takeParts());
          expect(unionOf(disk)).toBe(sketchText(log.sketch));
          const length = [...disk.values()].reduce((sum, text) => sum + text.length, 0);
          expect(length).toBeLessThanOrEqual(2.1 * (log.whole()[1]?.length ?? 0));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is little where little changes', () => {
    const log = new SketchLog('k');
    const next = randomCodes(1);
    for (let user = 0; user < 50_000; user += 1) log.add(next());
    expect(log.takeParts()).toEqual([log.whole()]);
    let written = 0;
    for (let round = 0; round < 100; round += 1) {
      for (let user = 0; user < 50; user += 1) log.add(next());
      for (const [, text] of log.takeParts()) written += text?.length ?? 0;
    }
    // 4,099 characters each time it would be otherwise
    expect(written).toBeLessThan(8_000);
    expect(log.takeParts()).toEqual([]);
  });

  it('by another process is gone once the whole is written', () => {
    const log = new SketchLog('k');
    const part = new HyperLogLog();
    part.add(3 * 64 + 7);
    log.restore(0, part);
    log.restore(2, part);
    expect(log.takeParts()).toEqual([
      [0, '1cAAADH'],
      [1, undefined],
      [2, undefined],
    ]);
  });

  it('is the whole again when the sketch has become coarser', () => {
    const log = new SketchLog('k');
    const next = randomCodes(2);
    for (let user = 0; user < 5000; user += 1) log.add(next());
    log.takeParts();
    log.coarsen(COARSE_PRECISION);
    expect(log.takeParts()).toEqual([[0, sketchText(log.sketch)]]);
  });
});
