import { initialState, runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { describeError } from '../../src/description/described-error.js';
import { stackTrace } from '../../src/description/stack-trace.js';

afterEach(() => void Object.assign(runtimeState, initialState()));

/** An error with frames that a test can write down. */
function made(message: string, frame: string, more: object = {}): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}\n    at ${frame}`;
  return Object.assign(error, more);
}

const traced = (error: unknown) => stackTrace(describeError(error));

describe('a stack trace', () => {
  it('without causes is that of V8', () => {
    const error = new RangeError('tile 12');
    expect(traced(error)).toBe(error.stack);
  });

  it('is none where there is neither a stack nor a cause', () => {
    expect(traced('torn')).toBeUndefined();
    expect(traced({ message: 'torn' })).toBeUndefined();
    expect(traced(Object.assign(new Error('torn'), { stack: undefined }))).toBeUndefined();
  });

  it('says what the stack says before its frames', () => {
    const error = Object.assign(new SyntaxError('Unexpected token'), {
      stack: '/app/a.js:3\n  a b\n    ^\n\nSyntaxError: Unexpected token\n    at wrapSafe (node:internal/modules:1:2)',
    });
    expect(traced(error)).toBe(error.stack);
  });

  it('has causes, members and suppressed errors below', () => {
    const root = made('import failed', 'importRom (/app/import.js:12:9)');
    const refused = made('connect ECONNREFUSED', 'connect (node:net:1:2)', {
      cause: made('no route', 'route (/app/r.js:1:1)'),
    });
    const members = [refused, root, ...Array.from({ length: 10 }, (_, index) => `m${index}`)];
    const all = Object.assign(new AggregateError(members, 'All promises were rejected'), { stack: 'no' });
    delete (all as { stack?: string }).stack;
    expect(traced(Object.assign(root, { cause: all }))).toBe(
      [
        'Error: import failed',
        '    at importRom (/app/import.js:12:9)',
        'Caused by: AggregateError: All promises were rejected',
        '  [1 of 12] Error: connect ECONNREFUSED',
        '      at connect (node:net:1:2)',
        '  Caused by: Error: no route',
        '      at route (/app/r.js:1:1)',
        '  [2 of 12] Error: import failed (already told)',
        ...Array.from({ length: 8 }, (_, index) => `  [${index + 3} of 12] string: m${index}`),
        '  … 2 more',
      ].join('\n'),
    );
  });

  it('of an error that was suppressed says so', () => {
    const error = made('suppressed', 'a (/a.js:1:1)', {
      name: 'SuppressedError',
      error: made('closing failed', 'b (/a.js:1:1)'),
      suppressed: made('writing failed', 'c (/a.js:1:1)'),
    });
    expect(traced(error)).toBe(
      [
        'SuppressedError: suppressed',
        '    at a (/a.js:1:1)',
        'Caused by: Error: closing failed',
        '    at b (/a.js:1:1)',
        '  Suppressed: Error: writing failed',
        '      at c (/a.js:1:1)',
      ].join('\n'),
    );
  });
});

describe('a stack trace that is too long', () => {
  const long = (message: string, cause?: Error) => {
    const frames = Array.from({ length: 200 }, (_, index) => `\n    at frame${index} (/app/a.js:${index}:1)`);
    return Object.assign(new Error(message, { cause }), { stack: `Error: ${message}${frames.join('')}` });
  };

  it('keeps the first line of every error, and whole frames of each', () => {
    runtimeState.attributeValueLength = 4096;
    const lines = traced(long('a', long('b', long('c'))))?.split('\n') ?? [];
    expect(lines.filter((line) => !line.startsWith('    at '))).toEqual([
      'Error: a',
      '    … 159 more frames',
      'Caused by: Error: b',
      '    … 158 more frames',
      'Caused by: Error: c',
      '    … 157 more frames',
    ]);
    expect(
      lines.every((line) => line === '' || /^( {4}at frame\d+ \(\/app\/a\.js:\d+:1\)|\S.*|\s+… .*)$/.test(line)),
    ).toBe(true);
  });

  it('gives the room that short ones leave to the long one', () => {
    runtimeState.attributeValueLength = 4096;
    const short = made('b', 'main (/app/m.js:1:1)');
    const text = traced(long('a', short)) ?? '';
    expect(text).toContain('Caused by: Error: b\n    at main (/app/m.js:1:1)');
    expect(text.length).toBeGreaterThan(4000);
  });

  it('is of 16,384 characters at most, whatever the causes and the limit are', () => {
    const errorOf = (depth: number): fc.Arbitrary<Error> => {
      const inner: fc.Arbitrary<Error | undefined> = depth === 0 ? fc.constant(undefined) : errorOf(depth - 1);
      return fc
        .record({
          message: fc.oneof(fc.string(), fc.constantFrom('x'.repeat(3000), 'line\n'.repeat(400))),
          frames: fc.constantFrom(0, 1, 20, 400),
          cause: inner,
          errors: fc.option(fc.array(inner, { maxLength: depth === 3 ? 14 : 3 })),
        })
        .map(({ message, frames, cause, errors }) =>
          Object.assign(new AggregateError(errors ?? [], message, { cause }), {
            stack: `AggregateError: ${message}${'\n    at frame (/app/a.js:1:1)'.repeat(frames)}`,
          }),
        );
    };
    fc.assert(
      fc.property(errorOf(3), fc.constantFrom(100, 4096, 1_048_576), (thrown, limit) => {
        runtimeState.attributeValueLength = limit;
        const text = traced(thrown) ?? '';
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(Math.min(limit, 16_384));
      }),
      { numRuns: 200 },
    );
  });
});
