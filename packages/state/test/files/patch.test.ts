import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPatch, patchBetween } from '../../src/files/patch.js';

const json = fc.jsonValue({ maxDepth: 4 });
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('a patch gives the later value, of any two', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const patch = patchBetween(copy(before), copy(after));
      if (patch !== undefined) expect(applyPatch(copy(before), copy(patch))).toEqual(copy(after));
    }),
    { numRuns: 2000 },
  );
});

it('a patch gives the later value where they have the same form', () => {
  const entry = fc.record({
    count: fc.nat(),
    windows: fc.array(fc.nat(9), { minLength: 3, maxLength: 5 }),
    samples: fc.array(fc.record({ id: fc.string(), at: fc.nat() }), { maxLength: 3 }),
    release: fc.option(fc.string()),
  });
  fc.assert(
    fc.property(entry, entry, (before, after) => {
      const patch = patchBetween(copy(before), copy(after));
      expect(applyPatch(copy(before), copy(patch))).toEqual(copy(after));
    }),
  );
});

it('names what differs and nothing else', () => {
  const before = { count: 1, kept: { text: 'long' }, windows: [0, 0, 1], gone: 1, samples: [{ at: 1, id: 'a' }] };
  const after = { count: 2, kept: { text: 'long' }, windows: [0, 0, 2, 7], samples: [{ at: 9, id: 'a' }] };
  expect(patchBetween(before, after)).toEqual({
    s: { count: 2 },
    p: { windows: { s: { 2: 2, 3: 7 } }, samples: { p: { 0: { s: { at: 9 } } } } },
    d: ['gone'],
  });
  expect(patchBetween(before, copy(before))).toEqual({});
});

it('what cannot be patched is written whole', () => {
  expect(patchBetween([1, 2], [1])).toBeUndefined();
  expect(patchBetween(1, 2)).toBeUndefined();
  expect(patchBetween([], {})).toBeUndefined();
  expect(patchBetween({}, JSON.parse('{"__proto__":1}'))).toBeUndefined();
});

it('a patch that does not belong to its value is refused', () => {
  expect(() => applyPatch(undefined, { s: { a: 1 } })).toThrow(TypeError);
  expect(() => applyPatch({}, 5)).toThrow(TypeError);
  expect(() => applyPatch({}, { p: { a: {} } })).toThrow(TypeError);
  expect(() => applyPatch([], { s: { 4000000000: 1 } })).toThrow(TypeError);
  expect(() => applyPatch({}, JSON.parse('{"s":{"__proto__":{"polluted":1}}}'))).toThrow(TypeError);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
