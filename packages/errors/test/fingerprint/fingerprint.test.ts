import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { describeError, describeWords } from '../../src/description/described-error.js';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';

const at = (name: string) => `\n    at ${name} (/app/src/${name}.js:1:1)`;

function errorAt(place: string, message: string, more: object = {}): Error {
  const error = Object.assign(new Error(message), more);
  error.stack = `${error.name}: ${message}${at(place)}`;
  return error;
}

const idOf = (error: unknown, context = {}) => fingerprintOf(describeError(error), context).groupId;

afterEach(() => {
  runtimeState.errors.fingerprint = undefined;
});

describe('errors are one group', () => {
  it('when nothing but values differs', () => {
    expect(idOf(errorAt('load', 'order 1 of "a" failed'))).toBe(idOf(errorAt('load', 'order 22 of "b" failed')));
  });

  it.each([
    ['type', errorAt('load', 'x', { name: 'OrderError' })],
    ['message', errorAt('load', 'y')],
    ['code', errorAt('load', 'x', { code: 'E_ORDER' })],
    ['place', errorAt('save', 'x')],
    ['cause', errorAt('load', 'x', { cause: errorAt('read', 'torn') })],
  ])('and two when the %s differs', (_, other) => {
    expect(idOf(other)).not.toBe(idOf(errorAt('load', 'x')));
  });

  it('by the operation where no frame tells anything', () => {
    const refused = () =>
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { stack: undefined, code: 'ECONNREFUSED' });
    expect(idOf(refused(), { operationName: 'load' })).toBe(idOf(refused(), { operationName: 'load' }));
    expect(idOf(refused(), { operationName: 'load' })).not.toBe(idOf(refused(), { operationName: 'save' }));
    expect(idOf(errorAt('load', 'x'), { operationName: 'load' })).toBe(
      idOf(errorAt('load', 'x'), { operationName: 'save' }),
    );
    const words = describeWords('ExtractionError', 'tile 12 out of range');
    expect(fingerprintOf(words, { operationName: 'a' }).groupId).not.toBe(
      fingerprintOf(words, { operationName: 'b' }).groupId,
    );
  });
});

describe('a wrapped error', () => {
  const wrapped = (cause: unknown) => errorAt('service', 'the service failed', { cause });

  it('is told by its innermost cause that has frames of the application', () => {
    const chain = (inner: string) =>
      wrapped(errorAt('repository', 'query 17 failed', { cause: errorAt(inner, 'no row 3') }));
    expect(idOf(chain('select'))).toBe(idOf(chain('select')));
    expect(idOf(chain('select'))).not.toBe(idOf(chain('insert')));
    const library = Object.assign(new Error('refused 5'), { stack: 'Error: refused 5\n    at f (node:net:1:1)' });
    expect(idOf(wrapped(errorAt('select', 'lost', { cause: library })))).not.toBe(
      idOf(wrapped(errorAt('insert', 'lost', { cause: library }))),
    );
  });

  it('of several errors is the same in whatever order they came, and however often', () => {
    const all = (...errors: Error[]) => Object.assign(new AggregateError(errors, 'all failed'), { stack: undefined });
    const [one, two] = [() => errorAt('one', 'down 1'), () => errorAt('two', 'down 2')];
    expect(idOf(all(one(), two()))).toBe(idOf(all(two(), one())));
    expect(idOf(all(one(), one(), two()))).toBe(idOf(all(two(), one())));
    expect(idOf(all(one()))).not.toBe(idOf(all(two())));
  });
});

describe('minified code', () => {
  const minified = (message: string, name = 'Error') => {
    const error = Object.assign(new Error(message), { name });
    error.stack = `${name}: ${message}\n    at t.e (https://shop.example/main-BxT3k9aZ.js:1:500)`;
    return error;
  };

  it('has the names of one build neither in messages nor in types', () => {
    expect(idOf(minified('e.total is not a function'))).toBe(idOf(minified('t.total is not a function')));
    expect(idOf(minified('r(...) is not a function'))).toBe(idOf(minified('x(...) is not a function')));
    expect(idOf(minified('e.total is not a function'))).not.toBe(idOf(minified('e.price is not a function')));
    expect(idOf(minified('x', 'e'))).toBe(idOf(minified('x', 't')));
  });
});

describe('what the application keeps together', () => {
  it('is said by the call, which comes before the hook', () => {
    runtimeState.errors.fingerprint = () => 'by the hook';
    const one = idOf(errorAt('load', 'x'), { given: 'orders' });
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(idOf(errorAt('save', 'y'), { given: 'orders' })).toBe(one);
    expect(idOf(errorAt('save', 'y'))).not.toBe(one);
    expect(idOf(errorAt('load', 'x'), { given: '' })).toBe(idOf(errorAt('save', 'y')));
  });

  it('is said by the hook, which sees the error and its description', () => {
    const seen: unknown[] = [];
    runtimeState.errors.fingerprint = (error, input) => {
      seen.push(error, input);
      return 'one';
    };
    const error = errorAt('load', 'order 1');
    const { groupId, title, culprit } = fingerprintOf(describeError(error), { operationName: 'orders', thrown: error });
    expect(seen).toEqual([
      error,
      { errorType: 'Error', message: 'order 1', stack: `Error: order 1${at('load')}`, operationName: 'orders' },
    ]);
    expect({ title, culprit }).toEqual({ title: 'Error: order <number>', culprit: 'load (src/load.js)' });
    expect(idOf(errorAt('save', 'y'))).toBe(groupId);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'the fingerprint hook threw',
    ],
    ['gives a number', () => 7, 'gave no text'],
    [
      'gives an object that throws',
      () => ({
        toString() {
          throw new Error('no');
        },
      }),
      'gave no text',
    ],
    ['gives nothing', () => undefined, undefined],
    ['gives an empty text', () => '', undefined],
  ])('is the built-in fingerprint when the hook %s', (_, hook, told) => {
    const built = idOf(errorAt('load', 'x'));
    const lines: string[] = [];
    const restore = redirectReports((line) => lines.push(line));
    runtimeState.errors.fingerprint = hook as () => string;
    expect(idOf(errorAt('load', 'x'))).toBe(built);
    restore();
    if (told === undefined) expect(lines).toEqual([]);
    else expect(lines.join()).toContain(told);
  });

  it('is bounded', () => {
    runtimeState.errors.fingerprint = () => 'x'.repeat(5_000_000);
    expect(idOf(errorAt('load', 'x'))).toBe(idOf(errorAt('load', 'x'), { given: 'x'.repeat(256) }));
  });
});

describe('for a person', () => {
  it('type and message stand in the title, without values, in 200 characters', () => {
    expect(fingerprintOf(describeError(errorAt('load', 'order 17 of "a" failed'))).title).toBe(
      'Error: order <number> of <text> failed',
    );
    expect(fingerprintOf(describeError(errorAt('load', ''))).title).toBe('Error');
    const { title } = fingerprintOf(describeError(errorAt('load', 'word '.repeat(200))));
    expect(title).toHaveLength(200);
    expect(title.endsWith('…')).toBe(true);
  });

  it('no secret stands in title and culprit', () => {
    runtimeState.redactor = {
      redactText: (text) => text.replaceAll('hunter2', '[redacted]'),
      redactValue: (_key, value) => value,
    };
    try {
      const error = errorAt('hunter2', 'password hunter2 is wrong');
      expect(fingerprintOf(describeError(error))).toMatchObject({
        title: 'Error: password [redacted] is wrong',
        culprit: '[redacted] (src/[redacted].js)',
      });
    } finally {
      runtimeState.redactor = undefined;
    }
  });
});
