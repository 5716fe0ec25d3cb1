import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOf, text, time, wholeNumber } from '../../src/query/query-fields.js';
import { readQuery } from '../../src/query/read-query.js';

const fields = { sort: oneOf(['count', 'rate']), name: text, since: time, limit: wholeNumber(1, 500) };
const read = (query: string) => {
  const asked = readQuery(query, fields);
  return 'values' in asked ? asked.values : JSON.parse(String(asked.refusal.body));
};
const problem = (path: string, found: string, expected: string) => ({
  error: 'the query cannot be used',
  problems: [{ path, found, expected }],
});

describe('a query', () => {
  it.each([
    ['', {}],
    ['sort=', {}],
    ['sort=rate&limit=500', { sort: 'rate', limit: 500 }],
    ['name=a%20b%2Fc+d', { name: 'a b/c d' }],
    ['since=2026-11-24', { since: Date.UTC(2026, 10, 24) }],
    ['since=2026-11-24T12%3A00%3A00Z', { since: Date.UTC(2026, 10, 24, 12) }],
    ['since=2026-11-24T12:00:00.5%2B02:00', { since: Date.UTC(2026, 10, 24, 10, 0, 0, 500) }],
    ['since=1795521600000', { since: 1795521600000 }],
  ])('%s', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it.each([
    ['sort=size', 'sort', 'size', 'one of count, rate'],
    ['limit=0', 'limit', '0', 'a whole number from 1 to 500'],
    ['limit=501', 'limit', '501', 'a whole number from 1 to 500'],
    ['limit=1.5', 'limit', '1.5', 'a whole number from 1 to 500'],
    ['limit=-1', 'limit', '-1', 'a whole number from 1 to 500'],
    ['since=yesterday', 'since', 'yesterday', time.expected],
    ['since=2026-13-45', 'since', '2026-13-45', time.expected],
    ['sorted=rate', 'sorted', 'rate', 'no such parameter: one of sort, name, since, limit'],
    ['__proto__=x', '__proto__', 'x', 'no such parameter: one of sort, name, since, limit'],
    ['limit=1&limit=2', 'limit', '2', 'each parameter once'],
    [`name=${'n'.repeat(257)}`, 'name', 'n'.repeat(100), text.expected],
  ])('%s is refused, with where, what and what is expected', (query, path, found, expected) => {
    expect(read(query)).toEqual(problem(path, found, expected));
    expect(readQuery(query, fields)).toMatchObject({ refusal: { status: 400 } });
  });

  it('tells of all that is wrong at once, within bounds', () => {
    expect(read('sort=a&limit=b').problems.map(({ path }: { path: string }) => path)).toEqual(['sort', 'limit']);
    expect(read('x=1&'.repeat(1000)).problems).toHaveLength(20);
    expect(read(`${'p'.repeat(5000)}=1`).problems[0].path).toHaveLength(100);
  });

  it('of any text is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const asked = readQuery(query, fields);
        expect('values' in asked || asked.refusal.status === 400).toBe(true);
      }),
    );
  });
});
