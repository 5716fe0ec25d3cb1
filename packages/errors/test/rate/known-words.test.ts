import { beforeEach, describe, expect, it } from 'vitest';
import { ErrorGroup } from '../../src/groups/error-group.js';
import { KnownWords } from '../../src/rate/known-words.js';

const AT = Date.UTC(2026, 0, 5);
const a = new ErrorGroup('a', 0);
const b = new ErrorGroup('b', 1);

let words: KnownWords;
beforeEach(() => {
  a.isHeld = true;
  words = new KnownWords({
    name: 'Error',
    message: 'torn',
    code: undefined,
    causes: undefined,
    severity: 'error',
    operationName: undefined,
  });
});

/** So many errors of the same group; gives how many of them were read. */
function come(group: ErrorGroup, times: number, millisBetween = 1, from = AT): number {
  let read = 0;
  for (let i = 0; i < times; i += 1) {
    const at = from + i * millisBetween;
    if (words.isKnown(at)) continue;
    words.read(group, 'Error', at);
    read += 1;
  }
  return read;
}

describe('of errors with the same words', () => {
  it('16 are read, then one in 16', () => {
    expect(come(a, 16)).toBe(16);
    expect(come(a, 1600, 0, AT + 16)).toBe(100);
  });

  it('all are read while they come more slowly than 16 a second', () => {
    expect(come(a, 500, 70)).toBe(500);
  });

  it('all are read anew after a second of rest', () => {
    come(a, 100);
    expect(words.isKnown(AT + 200)).toBe(true);
    expect(words.isKnown(AT + 1201)).toBe(false);
    words.read(a, 'Error', AT + 1201);
    expect(come(a, 15, 1, AT + 1202)).toBe(15);
    expect(words.isKnown(AT + 1220)).toBe(true);
  });

  it('all are read anew where one disagrees, at most 15 late, and for twice as long each time', () => {
    come(a, 16);
    let late = 0;
    while (words.isKnown(AT + 20)) late += 1;
    expect(late).toBe(15);
    words.read(b, 'Error', AT + 20);
    expect(come(b, 31, 1, AT + 21)).toBe(31);
    expect(words.isKnown(AT + 60)).toBe(true);
    expect(words.group).toBe(b);
    while (words.isKnown(AT + 61));
    words.read(a, 'Error', AT + 61);
    expect(come(a, 63, 1, AT + 62)).toBe(63);
    expect(words.isKnown(AT + 130)).toBe(true);
  });

  it('all are read where two groups take turns', () => {
    for (let i = 0; i < 1000; i += 1) {
      expect(words.isKnown(AT + i)).toBe(false);
      words.read(i % 2 === 0 ? a : b, 'Error', AT + i);
    }
  });

  it('all are read when their group has left', () => {
    come(a, 20);
    a.isHeld = false;
    expect(words.isKnown(AT + 30)).toBe(false);
  });
});
