import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathOf, splitTarget, targetAuthority } from '../src/server/request-target.js';

it.each([
  ['/a?b', '/a', 'b', undefined],
  ['/', '/', undefined, undefined],
  ['/?', '/', undefined, undefined],
  ['/a?b?c', '/a', 'b?c', undefined],
  ['http://host', '/', undefined, 'host'],
  ['http://host?b', '/', 'b', 'host'],
  ['wss://user:secret@host:1/a@b?c', '/a@b', 'c', 'host:1'],
  ['http://[::1]:80/a', '/a', undefined, '[::1]:80'],
  ['host:443', undefined, undefined, undefined],
  ['*', '*', undefined, undefined],
  ['', undefined, undefined, undefined],
  ['://', undefined, undefined, undefined],
])('%j', (target, path, query, authority) => {
  expect(splitTarget(target)).toEqual({ path, query });
  expect(targetAuthority(target)).toBe(authority);
});

it('any text is taken apart, and a path never has a query, nor a host in it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (target) => {
      const { path } = splitTarget(target);
      if (path !== undefined) expect(path === '*' || /^\/[^?]*$/s.test(path)).toBe(true);
      expect(pathOf(target)).toBe(path ?? target);
      targetAuthority(target);
    }),
  );
});
