import { expect, it } from 'vitest';
import { age, bytes, count, duration, percent, rate } from '../src/text/quantities.js';

it.each([
  [count, 0, '0'],
  [count, 1_234_567, '1,234,567'],
  [count, 1.23456, '1.235'],
  [count, 1e300, '1.0e+300'],
  [percent, 1, '100 %'],
  [percent, 0.9419, '94.2 %'],
  [percent, 0.00446, '0.45 %'],
  [percent, 0, '0 %'],
  [rate, 4.2, '4.2/s'],
  [rate, 5881.4, '5,881/s'],
  [rate, 0.0123, '0.0123/s'],
  [duration, 0, '0 s'],
  [duration, 0.000_25, '250 µs'],
  [duration, 0.0123, '12.3 ms'],
  [duration, 0.9996, '1 s'],
  [duration, 61.5, '61.5 s'],
  [duration, 305, '5.08 min'],
  [age, 59.9, '59 s'],
  [age, 3599, '59 min'],
  [age, 8100, '2 h 15 min'],
  [age, 400_000, '4 d 15 h'],
  [age, -5, '0 s'],
  [bytes, 0, '0 B'],
  [bytes, 999, '999 B'],
  [bytes, 999.6, '1 kB'],
  [bytes, 68_100_000, '68.1 MB'],
  [bytes, 3e18, '3,000 PB'],
])('%o of %s is %s', (show, value, expected) => {
  expect(show(value)).toBe(expected);
});
