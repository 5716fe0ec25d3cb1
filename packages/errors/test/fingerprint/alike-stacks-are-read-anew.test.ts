import { describe, expect, it } from 'vitest';
import { knownFrames } from '../../src/fingerprint/known-frames.js';

/** Stacks of one service: equally long, and different in the name of one function only. */
function stackOf(place: number): string {
  const name = `decode${String(place).padStart(3, '0')}`;
  const below = Array.from(
    { length: 18 },
    (_, depth) => `\n    at run${depth} (/app/src/pipeline.js:${100 + depth}:7)`,
  );
  return `\n    at ${name} (/app/src/tiles.js:10:9)${below.join('')}`;
}

describe('a hundred faults whose stacks are equally long', () => {
  it('are each read once: the same text gives the same frames', () => {
    const texts = Array.from({ length: 100 }, (_, place) => stackOf(place));
    const first = texts.map((text) => knownFrames(text));
    const again = texts.map((_, place) => knownFrames(stackOf(place)));
    expect(again.map((frames, place) => frames === first[place])).toEqual(texts.map(() => true));
    expect(new Set(first.map(({ signature }) => signature)).size).toBe(100);
  });
});
