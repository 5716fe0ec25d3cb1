import { recentOperations, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Operations } from '../src/operations.js';

const operations = new Operations({ name: 'spritepal' }, () => 'id');

let telemetry: Telemetry;
afterEach(() => telemetry.stop());

describe.each([
  ['our own spans', 'own', 1],
  ['our own spans, not sampled', 'own', 0],
  ["the API's spans", 'api', 1],
] as const)('an operation that ends is noted, with %s', (_title, operationSpans, sampleRate) => {
  beforeEach(() => {
    telemetry = recordTelemetry({ operationSpans, sampleRate });
  });

  it('after those that ended before it, with its failure, and found by its trace', () => {
    let traceId = '';
    operations.run('other', undefined, () => {});
    expect(() =>
      operations.run('batch', undefined, (batch) => {
        traceId = batch.traceId;
        operations.run('rom_loading', undefined, () => {});
        operations.run('sprite_extraction', undefined, () => {
          throw new RangeError('tile 12');
        });
      }),
    ).toThrow(RangeError);
    const last = recentOperations.last(4, traceId);
    expect(last.map(({ name, errorType, isSameTrace }) => [name, errorType, isSameTrace])).toEqual([
      ['other', undefined, false],
      ['rom_loading', undefined, true],
      ['sprite_extraction', 'RangeError', true],
      ['batch', 'RangeError', true],
    ]);
    for (const { durationSeconds, endedAt } of last) {
      expect(durationSeconds).toBeGreaterThanOrEqual(0);
      expect(Math.abs(Date.now() - endedAt)).toBeLessThan(5000);
    }
  });
});

describe('what is noted', () => {
  beforeEach(() => {
    telemetry = recordTelemetry();
    for (let index = 0; index < 300; index += 1) operations.run('before', undefined, () => {});
  });

  it('is nothing while breadcrumbs are off', () => {
    runtimeState.errors.breadcrumbs = 0;
    operations.run('unseen', undefined, () => {});
    expect(recentOperations.last(300, undefined).every(({ name }) => name === 'before')).toBe(true);
  });

  it('is a name of at most 256 characters, of operations that found no room too', () => {
    for (let index = 0; index < 2500; index += 1) operations.run(`name ${index}`, undefined, () => {});
    operations.run('x'.repeat(100_000), undefined, () => {});
    operations.run(Symbol('no name') as never, undefined, () => {});
    expect(recentOperations.last(3, undefined).map(({ name }) => name)).toEqual([
      'name 2499',
      'x'.repeat(256),
      'Symbol(no name)',
    ]);
  });
});
