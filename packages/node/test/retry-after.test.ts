import { expect, test } from 'vitest';
import { retryAfterMillis } from '../src/retry-after.js';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);

test.each([
  [undefined, undefined],
  ['0', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['', undefined],
  ['3', 3000],
  [' 3 ', 3000],
  ['86400', 60_000],
  ['Tue, 24 Nov 2026 12:00:07 GMT', 7000],
  ['Tue, 24 Nov 2026 11:00:00 GMT', undefined],
])('Retry-After %j asks for a pause of %j ms', (header, millis) => {
  expect(retryAfterMillis(header, NOW)).toBe(millis);
});
