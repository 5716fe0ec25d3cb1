import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChangeLines } from '../../src/files/change-lines.js';
import { makeHeader } from '../../src/files/header.js';
import { encodeLine } from '../../src/files/line.js';
import { readLines } from '../../src/files/read-lines.js';

const ID = '0123456789abcdef';
const header = encodeLine(JSON.stringify(makeHeader('counts', 1, ID, []))) as Buffer;
const read = (lines: readonly Buffer[]) => readLines(Buffer.concat([header, ...lines]), 'counts', ID);
const stack = 'at frame (file.js:1:2)\n'.repeat(60);

it('what changes a little again and again is written as what differs', async () => {
  const lines = new ChangeLines();
  const written = Array.from({ length: 100 }, (_, count) => lines.line(['group', { stack, count }]) as Buffer);
  expect(written[0]?.length).toBeGreaterThan(stack.length);
  expect(Math.max(...written.slice(1).map(({ length }) => length))).toBeLessThan(60);
  expect((await read(written)).entries).toEqual(new Map([['group', { stack, count: 99 }]]));
});

it('what is equal to the line before is not written', () => {
  const lines = new ChangeLines();
  lines.line(['group', { stack }]);
  expect(lines.line(['group', { stack }])).toEqual(Buffer.alloc(0));
});

it('what was read is what was written last, whatever changes', async () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.option(
    fc.record({ stack: fc.constantFrom('', stack), count: fc.nat(3), list: fc.array(fc.nat(3)) }, { requiredKeys: [] }),
    { nil: undefined },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(key, value)), async (changes) => {
      const lines = new ChangeLines();
      const written = changes.map((change) => lines.line(change) as Buffer);
      const { entries, damage } = await read(written);
      expect(damage).toBeUndefined();
      expect(entries).toEqual(new Map(changes));
    }),
  );
});

it('is bounded in what it remembers', () => {
  const lines = new ChangeLines();
  for (let group = 0; group < 5000; group += 1) lines.line([`group ${group}`, { stack, group }]);
  expect(lines.memoryBytes).toBeLessThan(4_100_000);
  expect(lines.line(['group 0', { stack, group: 1 }])?.length).toBeGreaterThan(stack.length);
});

it('what is no data is told, not thrown', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  expect(new ChangeLines().line(['a', circular])).toBeUndefined();
  expect(new ChangeLines().line(['a', 5n])).toBeUndefined();
  expect(new ChangeLines().line(['a', 'x'.repeat(2_000_000)])).toBeUndefined();
});
