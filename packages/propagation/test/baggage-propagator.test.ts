import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { BaggagePropagator } from '../src/baggage-propagator.js';
import { type Entries, entriesOf, extract, inject, withBaggage } from './carried.js';

const propagator = new BaggagePropagator();
const read = (baggage: string | string[]) => entriesOf(extract(propagator, { baggage }));
const write = (entries: Entries) => inject(propagator, withBaggage(entries)).baggage;

beforeEach(() => {
  runtimeState.droppedHeaders = 0;
});

describe('a baggage is read', () => {
  it.each<[string, string | string[], Entries]>([
    ['one member', 'userId=alice', { userId: 'alice' }],
    ['several', 'userId=alice,isProduction=false', { userId: 'alice', isProduction: 'false' }],
    [
      'several headers',
      ['userId=alice', 'serverNode=DF%2028,isProduction=false'],
      { userId: 'alice', serverNode: 'DF 28', isProduction: 'false' },
    ],
    ['whitespace around keys, values and members', ' userId =   alice , \tx\t=\t1 ', { userId: 'alice', x: '1' }],
    ['percent-encoded UTF-8', 'userId=Am%C3%A9lie,x=%F0%9F%92%BC', { userId: 'Amélie', x: '💼' }],
    ['percent-encoding in lower case', 'x=%c3%a9', { x: 'é' }],
    ['what need not be encoded', 'x=%41%2C', { x: 'A,' }],
    ['octets that are not UTF-8', 'x=a%FFb,y=%C3', { x: 'a\ufffdb', y: '\ufffd' }],
    ['octets that are not UTF-8 beside some that are', 'x=%C3%A9%80%C3', { x: 'é\ufffd\ufffd' }],
    ['a surrogate in UTF-8, which there is none of', 'x=%ED%A0%80', { x: '\ufffd\ufffd\ufffd' }],
    ['a percent sign that encodes nothing', 'x=100%,y=%zz,z=%4', { x: '100%', y: '%zz', z: '%4' }],
    ['a plus, which is one', 'x=1+1', { x: '1+1' }],
    ['equals signs in a value', 'x=a=b==', { x: 'a=b==' }],
    ['an empty value', 'x=,y= ', { x: '', y: '' }],
    ['every mark of a token', "!#$%&'*+-.^_`|~0aZ=1", { "!#$%&'*+-.^_`|~0aZ": '1' }],
    ['a key that looks encoded, and is not', 'a%20b=1', { 'a%20b': '1' }],
    ['names of what objects have', '__proto__=1,constructor=2', { ['__proto__']: '1', constructor: '2' }],
    ['keys in their case', 'a=1,A=2', { a: '1', A: '2' }],
    ['of a key that comes twice the last', 'a=1,b=2,a=3', { a: '3', b: '2' }],
    ['properties', 'k=v;p;q=1 ; r = 2', { k: ['v', 'p;q=1;r=2'] }],
    ['properties as they are encoded', 'k=v;p=%41', { k: ['v', 'p=%41'] }],
    ['a property without a value', 'k=v;p=', { k: ['v', 'p='] }],
    ['empty members', ',a=1,,b=2, ,', { a: '1', b: '2' }],
  ])('%s', (_what, header, entries) => {
    expect(read(header)).toEqual(entries);
    expect(runtimeState.droppedHeaders).toBe(0);
  });

  it.each<[string, string]>([
    ['no equals sign', 'x'],
    ['no key', '=x'],
    ['a space in the key', 'a b=1'],
    ['a mark in the key that no token has', 'a:b=1'],
    ['a key with a slash', 'a/b=1'],
    ['a key in quotes', '"a"=1'],
    ['non-ASCII in the key', 'ü=1'],
    ['non-ASCII in the value', 'a=ü'],
    ['a space in the value', 'a=b c'],
    ['a quote in the value', 'a="b"'],
    ['a backslash in the value', 'a=b\\c'],
    ['a control character in the value', 'a=b\u0007'],
    ['a line break in the value', 'a=b\r\nx-evil: 1'],
    ['an empty property', 'a=b;'],
    ['a property that has no key', 'a=b;=c'],
    ['a property with a space in its key', 'a=b;c d'],
    ['a property with a quote in its value', 'a=b;c="d"'],
    ['a property and its line break', 'a=b;c=d\r\n'],
  ])('without a member that is not valid: %s', (_what, member) => {
    expect(read(`before=1,${member},after=2`)).toEqual({ before: '1', after: '2' });
    expect(runtimeState.droppedHeaders).toBe(1);
  });

  it.each([
    ['nothing', ''],
    ['nothing but commas', ' , ,'],
    ['nothing that is valid', 'x,ü=1'],
    ['what is no text', 7],
    ['an array of what is no text', [null, 7]],
  ])('as none when there is %s', (_what, baggage) => {
    const before = withBaggage({ kept: '1' });
    expect(extract(propagator, { baggage }, before)).toBe(before);
  });

  it('up to 180 members', () => {
    const members = Array.from({ length: 200 }, (_, index) => `k${index}=${index}`);
    expect(Object.keys(read(members.join(',')))).toEqual(members.slice(0, 180).map((member) => member.split('=')[0]));
    expect(runtimeState.droppedHeaders).toBe(20);
  });

  it('up to 8,192 characters, in whole members', () => {
    const [first, second] = [`a=${'x'.repeat(4093)}`, `b=${'y'.repeat(4094)}`];
    expect(`${first},${second}`).toHaveLength(8192);
    expect(Object.keys(read(`${first},${second}`))).toEqual(['a', 'b']);
    expect(runtimeState.droppedHeaders).toBe(0);
    expect(Object.keys(read(`${first},${second},c=1`))).toEqual(['a', 'b']);
    expect(Object.keys(read(`${first},${second}y,c=1`))).toEqual(['a']);
    expect(runtimeState.droppedHeaders).toBe(2);
    expect(read(`a=${'x'.repeat(8191)}`)).toEqual({});
    expect(read(`a=1,b=${'x'.repeat(65_536)}`)).toEqual({ a: '1' });
  });
});

describe('a baggage is written', () => {
  it.each<[string, Entries, string | undefined]>([
    ['as it stands', { userId: 'alice', 'a.b-c_d': '1' }, 'userId=alice,a.b-c_d=1'],
    [
      'percent-encoded where it must be',
      { x: 'DF 28', y: 'Amélie,;"\\%', z: '💼' },
      'x=DF%2028,y=Am%C3%A9lie%2C%3B%22%5C%25,z=%F0%9F%92%BC',
    ],
    ['with a plus encoded, which some read as a space', { x: '1+1' }, 'x=1%2B1'],
    ['with what need not be encoded', { x: "!#$&'()*-./:<=>?@[]^_`{|}~" }, "x=!#$&'()*-./:<=>?@[]^_`{|}~"],
    ['without a line break', { x: 'a\r\nx-evil: 1\u0000' }, 'x=a%0D%0Ax-evil:%201%00'],
    ['with half a surrogate pair replaced', { x: 'a\ud800b' }, 'x=a%EF%BF%BDb'],
    ['with empty values', { x: '' }, 'x='],
    ['with properties', { k: ['v', 'p;q=1; r = 2'] }, 'k=v;p;q=1;r=2'],
    ['with properties encoded once', { k: ['v', 'p=ü%41 x'] }, 'k=v;p=%C3%BC%41%20x'],
    ['without what makes no property', { k: ['v', 'not a token;;=1;p=1\r\nx'], l: ['w', ' '] }, 'k=v;p=1%0D%0Ax,l=w'],
    ['without names that are no token', { 'a b': '1', ü: '2', '': '3', 'a\r\n': '4', 'a,b': '5', ok: '6' }, 'ok=6'],
    ['as nothing when there are none', {}, undefined],
    ['as nothing when no name is a token', { 'a b': '1' }, undefined],
  ])('%s', (_what, entries, header) => {
    expect(write(entries)).toBe(header);
  });

  it('without what suppresses tracing, and without a baggage', () => {
    expect(inject(propagator, suppressTracing(withBaggage({ a: '1' })))).toEqual({});
    expect(inject(propagator, ROOT_CONTEXT)).toEqual({});
  });

  it('up to 180 members', () => {
    const entries = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, String(index)]));
    expect(Object.keys(read(write(entries)!))).toEqual(Object.keys(entries).slice(0, 180));
    expect(runtimeState.droppedHeaders).toBe(20);
  });

  it('up to 8,192 characters, in whole members, of which a shorter one still fits', () => {
    const header = write({ a: 'x'.repeat(4000), b: 'y'.repeat(4188), c: 'z'.repeat(4187), d: '1' })!;
    expect(header.split(',').map((member) => [member[0], member.length])).toEqual([
      ['a', 4002],
      ['c', 4189],
    ]);
    expect(header).toHaveLength(8192);
    expect(write({ a: 'x'.repeat(65_536), b: 'ü'.repeat(2000), c: '2' })).toBe('c=2');
    expect(write({ a: ['1', `p=${'x'.repeat(65_536)}`], b: ['2', ';'.repeat(65_536)] })).toBe('a=1,b=2');
    expect(write({ a: 'x'.repeat(8190) })).toHaveLength(8192);
  });

  it('a single member of more than 4,096 characters goes, as the specification wants', () => {
    expect(read(write({ a: 'x'.repeat(8000) })!)).toEqual({ a: 'x'.repeat(8000) });
  });

  it('of entries that are not as their type says', () => {
    const hostile = {
      toString() {
        throw new Error('no');
      },
    };
    const entries = {
      number: { value: 7 },
      none: {},
      hostile: { value: hostile },
      metadata: { value: '1', metadata: hostile },
      ok: { value: '2' },
    };
    const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries as never));
    expect(inject(propagator, context)).toEqual({ baggage: 'number=7,none=undefined,ok=2' });
    expect(runtimeState.droppedHeaders).toBe(2);
  });

  it('names its header', () => {
    expect(propagator.fields()).toEqual(['baggage']);
  });
});

describe('of any text', () => {
  const token = fc.string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ"), minLength: 1, maxLength: 12 });

  it('values and properties come back', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 20 });
    const properties = fc.array(
      fc.oneof(
        token,
        fc.tuple(token, token).map((pair) => pair.join('=')),
      ),
      { minLength: 1, maxLength: 3 },
    );
    const entry = fc.oneof(
      value,
      fc.tuple(
        value,
        properties.map((all) => all.join(';')),
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(token, entry, { maxKeys: 10, noNullPrototype: true }), (entries) => {
        const header = write(entries);
        expect(header === undefined ? {} : read(header)).toEqual(entries);
        if (header !== undefined) expect(header).toMatch(/^[!-~]+$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('what is read is written and read the same', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab%4Fé=;, \t"\r+'), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          part,
          fc.array(part, { maxLength: 8 }).map((all) => all.join(',a=')),
        ),
        (header) => {
          const entries = read(header);
          const written = write(entries);
          expect(written === undefined ? {} : read(written)).toEqual(entries);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
