import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withTraceFields } from '../src/console-line.js';
import { type CorrelatedConsole, correlateConsole } from '../src/correlate-console.js';
import { inSpan, keepContext, spanId, traceId } from './in-span.js';

const FIELDS = `trace_id=${traceId} span_id=${spanId}`;
let forget: () => void;
beforeEach(() => {
  forget = keepContext();
});
afterEach(() => forget());

function newConsole() {
  const out = new PassThrough();
  const made = new Console({ stdout: out, stderr: out });
  return { made, text: () => String(out.read() ?? '') };
}

describe('a line of the console', () => {
  const { made, text } = newConsole();
  const stop = correlateConsole(made);

  it.each(['log', 'info', 'warn', 'error', 'debug'] as const)('by %s inside a span ends in its ids', (method) => {
    inSpan(() => made[method]('sheet %d decoded', 12, { tiles: 4 }));
    made[method]('outside');
    expect(text()).toBe(`sheet 12 decoded { tiles: 4 } ${FIELDS}\noutside\n`);
  });

  it.each<[string, unknown[], string]>([
    ['a text', ['a'], `a ${FIELDS}`],
    ['a text with a sign of percent', ['100%'], `100% ${FIELDS}`],
    ['a placeholder without a value', ['%s'], `%s ${FIELDS}`],
    ['more placeholders than values', ['%s and %s', 'a'], `a and %s ${FIELDS}`],
    ['as many', ['%s and %d', 'a', 2], `a and 2 ${FIELDS}`],
    ['fewer', ['%s and', 'a', 2, [3]], `a and 2 [ 3 ] ${FIELDS}`],
    ['a sign of percent twice', ['%% of %s', 'a'], `% of a ${FIELDS}`],
    ['a style', ['%cred', 'color: red'], `red ${FIELDS}`],
    ['an object first', [{ a: 1 }, '%s', 'x'], `{ a: 1 } %s x ${FIELDS}`],
    ['undefined', [undefined], `undefined ${FIELDS}`],
    ['an empty text', [''], ` ${FIELDS}`],
    ['nothing: it stays an empty line', [], ''],
  ])('of %s', (_what, args, expected) => {
    inSpan(() => made.log(...args));
    expect(text()).toBe(`${expected}\n`);
  });

  it('is indented in a group as before', () => {
    inSpan(() => {
      made.group();
      made.log('a\nb');
      made.groupEnd();
    });
    expect(text()).toBe(`  a\n  b ${FIELDS}\n`);
  });

  it('works without its console', () => {
    const { log } = made;
    inSpan(() => log('a'));
    expect(text()).toBe(`a ${FIELDS}\n`);
  });

  it('is as it was after the way back', () => {
    stop();
    inSpan(() => made.log('a'));
    expect(text()).toBe('a\n');
  });
});

const REFUSED = Symbol('util.format threw');
/** Some values cannot be written by Node itself: an object without a primitive value as %d. */
const formatted = (args: readonly unknown[]) => {
  try {
    return format(...args);
  } catch {
    return REFUSED;
  }
};

it('whatever is written, util.format writes it and then the fields', () => {
  const value = fc.oneof(fc.anything({ withDate: true, withMap: true }), fc.string({ unit: 'grapheme' }));
  const bits = fc.constantFrom('%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%', '%x', ' ', 'text', '%s%%s');
  const first = fc.oneof(
    fc.array(bits, { maxLength: 8 }).map((parts) => parts.join('')),
    value,
  );
  inSpan(() => {
    fc.assert(
      fc.property(first, fc.array(value, { maxLength: 5 }), (text, others) => {
        const [plain, correlated] = [[text, ...others], withTraceFields([text, ...others])].map(formatted);
        expect(correlated).toBe(plain === REFUSED ? REFUSED : `${plain} ${FIELDS}`);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('correlateConsole', () => {
  it('twice is once, and the last one who asked takes it back', () => {
    const { made, text } = newConsole();
    const before = made.log;
    const first = correlateConsole(made);
    const second = correlateConsole(made);
    inSpan(() => made.log('a'));
    second();
    second();
    inSpan(() => made.log('b'));
    first();
    inSpan(() => made.log('c'));
    expect(text()).toBe(`a ${FIELDS}\nb ${FIELDS}\nc\n`);
    expect(made.log).toBe(before);
    expect(made.log.name).toBe(before.name);
  });

  it('can be asked for again, also over what somebody else has put on it', () => {
    const { made, text } = newConsole();
    const stop = correlateConsole(made);
    const ours = made.log;
    made.log = (...args) => ours('theirs:', ...args);
    stop();
    inSpan(() => made.log('a'));
    correlateConsole(made);
    inSpan(() => made.log('b'));
    expect(text()).toBe(`theirs: a\ntheirs: b ${FIELDS}\n`);
  });

  it('keeps names and what can be enumerated', () => {
    const { made } = newConsole();
    const keys = Object.keys(made);
    const names = keys.map((key) => (made as unknown as Record<string, { name?: string }>)[key]?.name);
    const stop = correlateConsole(made);
    expect(Object.keys(made)).toEqual(keys);
    expect(keys.map((key) => (made as unknown as Record<string, { name?: string }>)[key]?.name)).toEqual(names);
    stop();
  });

  it('is for the console of the process when none is named', () => {
    const write = vi.spyOn(console, 'log').mockImplementation(() => {});
    const stop = correlateConsole();
    inSpan(() => console.log('a %s', 'b'));
    stop();
    console.log('c');
    expect(write.mock.calls).toEqual([[`a %s ${FIELDS}`, 'b'], ['c']]);
    write.mockRestore();
  });

  it('lets through what the method throws and gives', () => {
    const error = new Error('broken pipe');
    const target = {
      log: () => 7,
      info: () => {
        throw error;
      },
    } as unknown as CorrelatedConsole;
    correlateConsole(target);
    expect(target.log()).toBe(7);
    expect(() => inSpan(() => target.info('a'))).toThrow(error);
  });

  it('never throws, whatever it is given', () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    const proxy = new Proxy({}, { get: refuse, getOwnPropertyDescriptor: refuse, defineProperty: refuse });
    for (const target of [null, 7, 'x', {}, { log: 7 }, Object.freeze({ log: () => {} }), proxy]) {
      correlateConsole(target as never)();
    }
  });
});
