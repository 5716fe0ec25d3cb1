import { expect, it } from 'vitest';
import { Turns } from '../src/turns.js';

it('one piece of work a turn of the event loop, in the order of asking', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const work = async (name: string, pieces: number) => {
    for (let piece = 1; piece <= pieces; piece += 1) {
      await turns.next();
      seen.push(`${name}${piece}`);
    }
  };
  let isOver = false;
  const count = () => {
    seen.push('|');
    if (!isOver) setImmediate(count);
  };
  const all = Promise.all([work('a', 3), work('b', 1), work('c', 2)]);
  setImmediate(count);
  await all;
  isOver = true;
  expect(seen.filter((each) => each !== '|')).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  const pieces = seen
    .join(' ')
    .split('|')
    .map(
      (each) =>
        each
          .trim()
          .split(' ')
          .filter((piece) => piece !== '').length,
    );
  expect(Math.max(...pieces)).toBe(1);
});
