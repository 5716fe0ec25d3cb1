import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { defaultRedactor } from '@otel-monitor/redaction';
import { runtimeState } from '@otel-monitor/runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeError, describeWords } from '../../src/description/described-error.js';

beforeEach(() => {
  runtimeState.redactor = defaultRedactor;
});

/** Type, message and code. */
const words = (thrown: unknown) => {
  const { exceptionType, message, code } = describeError(thrown);
  return code === undefined ? [exceptionType, message] : [exceptionType, message, code];
};

describe('an error is told by what it says of itself', () => {
  it.each([
    ['a plain one', new Error('torn'), ['Error', 'torn']],
    ['one without a message', new RangeError(), ['RangeError', '']],
    [
      'one whose name was given later',
      Object.assign(new Error('x'), { name: 'ValidationError' }),
      ['ValidationError', 'x'],
    ],
    ['one with an empty name', Object.assign(new Error('x'), { name: '' }), ['Error', 'x']],
    ['one with a code', Object.assign(new Error('x'), { code: 'E_TILE' }), ['Error', 'x', 'E_TILE']],
    ['a code that is a number', Object.assign(new Error('x'), { code: 11_000 }), ['Error', 'x', '11000']],
    ['a code that is none', Object.assign(new Error('x'), { code: { a: 1 } }), ['Error', 'x']],
    ['one of the web', new DOMException('stopped', 'AbortError'), ['AbortError', 'stopped', '20']],
    ['one of the web without a code', new DOMException('x', 'NotAllowedError'), ['NotAllowedError', 'x']],
    ['a message that is a number', Object.assign(new Error(), { message: 12 }), ['Error', '12']],
    ['a message that is an object', Object.assign(new Error(), { message: { tile: 12 } }), ['Error', '{"tile":12}']],
    ['a message that is undefined', Object.assign(new Error(), { message: undefined }), ['Error', '']],
    ['lines', new Error('one\ntwo'), ['Error', 'one\ntwo']],
  ])('%s', (_title, error, expected) => {
    expect(words(error)).toEqual(expected);
    expect(describeError(error).frames?.text).toContain('described-error.test.ts');
  });
});

describe('what is no error is told by what it is', () => {
  it.each([
    ['text', 'torn', ['string', 'torn']],
    ['a number', 12.5, ['number', '12.5']],
    ['a bigint', 12n, ['bigint', '12']],
    ['a bigint of a million digits', 10n ** 1_000_000n, ['bigint', '[a very large bigint]']],
    ['true', true, ['boolean', 'true']],
    ['a symbol', Symbol('torn'), ['symbol', 'Symbol(torn)']],
    ['undefined', undefined, ['undefined', 'undefined']],
    ['null', null, ['null', 'null']],
    ['a function', function extract() {}, ['function', '[function extract]']],
    ['a class', class TileError extends Error {}, ['function', '[function TileError]']],
    ['an object with a message', { message: 'torn' }, ['Object', 'torn']],
    ['an object with name and message', { name: 'TileError', message: 'torn' }, ['TileError', 'torn']],
    ['an object', { status: 500, tiles: [1, 2] }, ['Object', '{"status":500,"tiles":[1,2]}']],
    [
      'an object with secrets',
      { password: 'hunter2', session: { token: { a: 'b' } } },
      ['Object', '{"password":"[redacted]","session":{"token":"[redacted]"}}'],
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), ['object', '{"a":1}']],
    ['a list', ['a', 1], ['Array', '["a",1]']],
    ['a date', new Date(0), ['Date', '"1970-01-01T00:00:00.000Z"']],
    ['a map', new Map(), ['Map', '{}']],
  ])('%s', (_title, thrown, expected) => {
    expect(words(thrown)).toEqual(expected);
    expect(describeError(thrown)).toMatchObject({ frames: undefined, head: undefined, causes: [] });
  });

  it('an event that holds an error is told by its message, and the error is its cause', () => {
    const error = new RangeError('tile 12');
    const event = { type: 'error', message: 'Uncaught RangeError: tile 12', error, lineno: 3 };
    expect(describeError(event)).toMatchObject({
      exceptionType: 'Object',
      message: 'Uncaught RangeError: tile 12',
      causes: [{ relation: 'cause', exceptionType: 'RangeError', message: 'tile 12' }],
    });
  });
});

describe('an error of another realm is one', () => {
  const passed = (error: unknown) => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(error);
    const received = receiveMessageOnPort(port2)?.message;
    port1.close();
    return received;
  };
  it.each([
    ['of a vm context', runInNewContext("new RangeError('torn', { cause: new TypeError('bad') })")],
    ['cloned', structuredClone(new RangeError('torn', { cause: new TypeError('bad') }))],
    ['of a thread', passed(new RangeError('torn', { cause: new TypeError('bad') }))],
  ])('%s', (_title, error) => {
    const told = describeError(error);
    expect(told).toMatchObject({ errorType: 'RangeError', exceptionType: 'RangeError', message: 'torn' });
    expect(told.frames?.text).toMatch(/^\n {4}at /);
    expect(told.causes).toMatchObject([{ exceptionType: 'TypeError', message: 'bad' }]);
  });
});

describe("errors of Node's own", () => {
  const failed = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('it did not fail');
  };

  it('a system call that failed is told with its file, without the home folder', () => {
    const told = describeError(failed(() => readFileSync('/home/carla/roms/none.sfc')));
    expect(told).toMatchObject({
      errorType: 'ENOENT',
      exceptionType: 'Error',
      code: 'ENOENT',
      system: { syscall: 'open', errno: -2 },
    });
    expect(JSON.stringify(told)).not.toContain('carla');
    expect(told.system?.path).toContain('roms/none.sfc');
  });

  it('a code in the first line of the stack is not a part of the message', () => {
    const told = describeError(failed(() => Buffer.from(1 as never)));
    expect(told).toMatchObject({ exceptionType: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
    expect(told.message).toMatch(/^The first argument must be/);
    expect(told.frames?.text).toMatch(/^\n {4}at /);
  });
});

describe('secrets', () => {
  it('leave with nothing of what is told', () => {
    const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
    const error = Object.assign(new Error(`refused Bearer ${secret}`, { cause: { token: secret } }), {
      name: `Refused ${secret}`,
      code: secret,
      path: secret,
      syscall: 'open',
    });
    for (const thrown of [error, secret, { secret }, Symbol(secret)]) {
      expect(JSON.stringify(describeError(thrown))).not.toContain(secret);
    }
    expect(JSON.stringify(describeWords(secret, secret))).not.toContain(secret);
  });
});

describe('what is too long', () => {
  it('is cut, and how much was left out is said', () => {
    const { message } = describeError(new Error('x'.repeat(5_000_000)));
    expect(message).toBe(`${'x'.repeat(2008)} … 4997992 more characters`);
    expect(describeError(Object.assign(new Error('x'), { name: 'N'.repeat(1_000_000) })).exceptionType).toBe(
      `${'N'.repeat(216)} … 999784 more characters`,
    );
    expect(describeError('y'.repeat(3000)).message).toHaveLength(2008 + ' … 992 more characters'.length);
  });

  it('stands in a message that is not read for its frames', () => {
    const message = `${'\n    at fake (fake.js:1:1)'.repeat(100_000)}`;
    const told = describeError(new Error(message));
    expect(told.frames?.text).toContain('described-error.test.ts');
    expect(told.frames?.text).not.toContain('fake.js');
    expect(told.head).toBeUndefined();
  });
});
