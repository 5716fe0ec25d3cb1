import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { boundedJson } from '../src/bounded-json.js';
import { cleanDetail, cleanDetails, cleanDimensions, cleanName, cleanText } from '../src/clean-attributes.js';
import { boundedErrorType, errorType } from '../src/error-type.js';
import { initialState, runtimeState } from '../src/state.js';

afterEach(() => void Object.assign(runtimeState, initialState()));

const throwing = Object.defineProperty({ before: 1 } as Record<string, unknown>, 'bad', {
  enumerable: true,
  get() {
    throw new Error('no');
  },
});

describe('details', () => {
  it('keep scalars, show objects as JSON, and leave out what is nothing', () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular.self = circular;
    expect(
      cleanDetails({
        text: 'x',
        number: 1.5,
        yes: true,
        nan: Number.NaN,
        big: 12n,
        none: null,
        missing: undefined,
        date: new Date(0),
        list: [1, 2],
        mixed: [1, 'a', { b: 2 }],
        circular,
        call: () => 1,
      }),
    ).toEqual({
      text: 'x',
      number: 1.5,
      yes: true,
      nan: 'NaN',
      big: '12',
      date: '1970-01-01T00:00:00.000Z',
      list: [1, 2],
      mixed: '[1,"a",{"b":2}]',
      circular: '{"a":1,"self":{"a":1,"self":{"a":1,"self":{"a":1,"self":"…"}}}}',
    });
  });

  it('what cannot be read is left out and counted', () => {
    expect(cleanDetails(throwing)).toEqual({ before: 1 });
    expect(
      cleanDetails(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
          },
        ),
      ),
    ).toEqual({});
    expect(cleanDetails(JSON.parse('{"__proto__": 1, "a": 2}'))).toEqual({ a: 2 });
    expect(runtimeState.droppedAttributes).toBe(3);
  });

  it('are bounded in number and length', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]));
    expect(Object.keys(cleanDetails(many))).toHaveLength(128);
    expect(cleanDetail('text', 'x'.repeat(1e6))).toHaveLength(4096);
    expect(
      (cleanDetail('object', { deep: 'x'.repeat(1e6), list: Array.from({ length: 1e6 }, () => 'y') }) as string).length,
    ).toBeLessThan(9000);
  });

  it('are total and bounded on any input', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withMap: true }),
        (given) => {
          for (const value of Object.values(cleanDetails(given))) {
            expect(['string', 'number', 'boolean', 'object']).toContain(typeof value);
            if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          }
          cleanDimensions(given);
          cleanDetail('key', given);
          expect(cleanName(given)).toEqual(expect.any(String));
          expect(boundedJson(given, 100).length).toBeLessThan(2000);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('redaction', () => {
  it('is asked for keys and texts, inside of objects too', () => {
    runtimeState.redactor = {
      redactText: (text) => text.replaceAll('hunter2', '[redacted]'),
      redactValue: (key, value) =>
        key === 'password'
          ? '[redacted]'
          : typeof value === 'string'
            ? value.replaceAll('hunter2', '[redacted]')
            : value,
    };
    expect(
      cleanDetails({
        password: 1234,
        note: 'it is hunter2',
        user: { password: 'x', nested: { note: 'hunter2' } },
        all: ['hunter2'],
      }),
    ).toEqual({
      password: '[redacted]',
      note: 'it is [redacted]',
      user: '{"password":"[redacted]","nested":{"note":"[redacted]"}}',
      all: ['[redacted]'],
    });
    expect(cleanName('hunter2')).toBe('[redacted]');
  });

  it('takes a secret out of keys, those of objects in values too, and of what would be a kind of error', () => {
    runtimeState.redactor = {
      redactText: (text) => text.replaceAll('hunter2', '[redacted]'),
      redactValue: (_key, value) => value,
    };
    expect(cleanDetails({ hunter2: 1, user: { hunter2: 2 } })).toEqual({
      '[redacted]': 1,
      user: '{"[redacted]":2}',
    });
    expect(cleanDimensions({ hunter2: 'a' })).toEqual({ '[redacted]': 'a' });
    expect(errorType(Object.assign(new Error('m'), { name: 'hunter2' }))).toBe('_OTHER');
    expect(boundedErrorType('hunter3')).toBe('hunter3');
  });

  it('that fails lets nothing through', () => {
    runtimeState.redactor = {
      redactText: () => {
        throw new Error('no');
      },
      redactValue: () => {
        throw new Error('no');
      },
    };
    expect(cleanDetails({ a: 'hunter2' })).toEqual({ '[redacted]': '[redacted]' });
    expect(cleanName('hunter2')).toBe('[redacted]');
  });
});

it('dimensions are short scalars, and few', () => {
  const dimensions = cleanDimensions({ a: 'x'.repeat(1000), b: { c: 1 }, d: 1 });
  expect(dimensions).toEqual({ a: 'x'.repeat(256), d: 1 });
  expect(
    Object.keys(cleanDimensions(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, i])))),
  ).toHaveLength(16);
});

describe('a secret that the cut goes through', () => {
  const redact = (text: string) => text.replace(/sk_[a-z]{30}/g, '[redacted]');
  const text = `the key is sk_${'a'.repeat(30)} and more`;

  it('is taken out as a whole, from text and from details', () => {
    runtimeState.redactor = {
      redactText: redact,
      redactValue: (_key, value) => (typeof value === 'string' ? redact(value) : value) as never,
    };
    runtimeState.attributeValueLength = 20;
    expect(cleanText(text, 20)).toBe('the key is [redacted');
    expect(cleanDetails({ text })).toEqual({ text: 'the key is [redacted' });
  });
});
