import { currentOperation, Operations } from '@otel-monitor/operations';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Errors } from '../src/errors.js';

const scope = { name: 'spritepal' };
const errors = new Errors(scope, currentOperation);
const operations = new Operations(scope, (error, operation) => errors.operationFailed(error, operation));

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
  runtimeState.exceptionSignal = 'logs';
});
afterEach(() => telemetry.stop());

/** Names of the operations that the error's log record tells of, those of its trace with a mark. */
function told(): string[] {
  const text = telemetry.logs().at(-1)?.attributes['monitor.error.breadcrumbs'];
  const list: { name: string; sameTrace: boolean }[] = text === undefined ? [] : JSON.parse(String(text));
  return list.map(({ name, sameTrace }) => (sameTrace ? `${name} *` : name));
}

function failAfterWork(): void {
  operations.run('of another trace', undefined, () => {});
  expect(() =>
    operations.run('import', undefined, () => {
      operations.run('rom_loading', undefined, () => {});
      operations.run('sprite_extraction', undefined, () => {});
      operations.run('write', undefined, () => {
        throw new Error('disk full');
      });
    }),
  ).toThrow('disk full');
}

it('an error tells of the operations that ended before it, those of its trace first', () => {
  runtimeState.errors.breadcrumbs = 3;
  failAfterWork();
  expect(told()).toEqual(['sprite_extraction *', 'rom_loading *', 'of another trace']);
  runtimeState.errors.breadcrumbs = 2;
  failAfterWork();
  expect(told()).toEqual(['sprite_extraction *', 'rom_loading *']);
});

it('and of none where breadcrumbs are off', () => {
  runtimeState.errors.breadcrumbs = 0;
  failAfterWork();
  expect(telemetry.logs().at(-1)?.attributes['exception.message']).toBe('disk full');
  expect(told()).toEqual([]);
});
