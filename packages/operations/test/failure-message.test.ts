import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Operations } from '../src/operations.js';

const operations = new Operations({ name: 'spritepal' }, () => 'id');

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const throwing = () => {
  throw new Error('asked');
};

it.each([
  ['an error', new Error('torn'), 'torn'],
  ['text', 'torn', 'torn'],
  ['a number', 12, '12'],
  ['a symbol', Symbol('torn'), 'Symbol(torn)'],
  ['a bigint of a million digits', 10n ** 1_000_000n, '[a very large bigint]'],
  ['a message that is an object', { message: { toString: throwing } }, undefined],
  ['a message whose getter throws', Object.defineProperty({}, 'message', { get: throwing }), undefined],
  ['a message of 5 MB', new Error('x'.repeat(5_000_000)), 'x'.repeat(512)],
])('the status of an operation that failed with %s', (_title, error, message) => {
  operations.start('work', undefined).fail(error);
  expect(telemetry.spans()[0]?.status).toEqual({ code: 2, ...(message !== undefined && { message }) });
});
