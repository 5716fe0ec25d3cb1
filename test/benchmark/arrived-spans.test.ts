import { describe, expect, it } from 'vitest';
import { expectedSpans, hasArrived } from './arrived-spans.mjs';

describe('the spans of a round', () => {
  it('are as many as the calls, and one more for each root that encloses them', () => {
    expect(expectedSpans({ blocks: 30, blockSize: 1500, ratio: 1 })).toBe(45_000);
    expect(expectedSpans({ blocks: 30, blockSize: 1500, ratio: 1, callsPerRoot: 100 })).toBe(45_450);
    expect(expectedSpans({ blocks: 30, blockSize: 1500, ratio: 0.01 })).toBe(450);
  });

  it('must be there to the last one when every span is sampled', () => {
    expect(hasArrived(45_000, 45_000, 1)).toBe(true);
    expect(hasArrived(44_999, 45_000, 1)).toBe(false);
    expect(hasArrived(45_001, 45_000, 1)).toBe(false);
    expect(hasArrived(0, 0, 1)).toBe(true);
    expect(hasArrived(1, 0, 1)).toBe(false);
  });

  it('may miss a sampled share by chance, and by no more', () => {
    // the standard deviation of 45,000 draws at 1 % is 21.1
    expect(hasArrived(450 + 126, 450, 0.01)).toBe(true);
    expect(hasArrived(450 + 127, 450, 0.01)).toBe(false);
    expect(hasArrived(450 - 127, 450, 0.01)).toBe(false);
    // sampled twice
    expect(hasArrived(4.5, 450, 0.01)).toBe(false);
  });
});
