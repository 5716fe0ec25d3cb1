import { expect, it } from 'vitest';
import { NUMBER_BYTES, putNumber } from '../../src/put.js';

it.each([
  -0.0000014061414149208682,
  -1.2345678901234567e-123,
  -123456789012345680000,
  Number.MIN_VALUE,
  -Number.MAX_VALUE,
])('a number as long as JavaScript writes them has room: %d', (value) => {
  const target = Buffer.alloc(NUMBER_BYTES);
  const end = putNumber(target, 0, value);
  expect(target.toString('latin1', 0, end)).toBe(String(value));
});
