import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areOperationCounts, FrequentOperations } from '../../src/groups/frequent-operations.js';

it('operations are counted exactly while there are eight at most', () => {
  const operation = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  fc.assert(
    fc.property(fc.array(operation), (names) => {
      const operations = new FrequentOperations();
      const exact = new Map<string, number>();
      for (const name of names) {
        operations.add(name);
        exact.set(name, (exact.get(name) ?? 0) + 1);
      }
      expect(new Map(operations.list().map(({ name, count }) => [name, count]))).toEqual(exact);
      const counts = operations.list().map(({ count }) => count);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    }),
  );
});

it('of more, none that makes up more than an eighth is missed, none counts too low, and the sum stays exact', () => {
  const operation = fc.integer({ min: 0, max: 30 }).map((number) => `operation ${Math.floor(number ** 2 / 30)}`);
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 300 }), (names) => {
      const operations = new FrequentOperations();
      for (const name of names) operations.add(name);
      const list = operations.list();
      expect(list.length).toBeLessThanOrEqual(8);
      expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(names.length);
      for (const name of new Set(names)) {
        const exact = names.filter((one) => one === name).length;
        const told = list.find((one) => one.name === name)?.count;
        if (exact > names.length / 8) expect(told).toBeDefined();
        if (told !== undefined) expect(told).toBeGreaterThanOrEqual(exact);
      }
    }),
  );
});

it.each([
  [[{ name: 'a' }]],
  [[{ name: 'a', count: 0 }]],
  [[{ name: 5, count: 1 }]],
  [[null]],
  ['a'],
  [Array(9).fill({ name: 'a', count: 1 })],
])('operations are not made of %j', (given) => {
  expect(areOperationCounts(given)).toBe(false);
});
