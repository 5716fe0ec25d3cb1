import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { readTraceState, TraceStateList } from '../src/trace-state.js';

const read = (header: string) => readTraceState(header)?.serialize();
const numbered = (count: number, value = '1') => Array.from({ length: count }, (_, index) => `k${index}=${value}`);

/** Every character that a value may have. */
const VALUE = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index))
  .filter((character) => character !== ',' && character !== '=')
  .join('');

beforeEach(() => {
  runtimeState.droppedHeaders = 0;
});

describe('a tracestate is read', () => {
  it.each([
    ['one member', 'rojo=00f067aa0ba902b7', 'rojo=00f067aa0ba902b7'],
    ['several, in their order', 'b=1,a=2,c=3', 'b=1,a=2,c=3'],
    ['keys with every mark', '0a_-*/z=1', '0a_-*/z=1'],
    ['a tenant at its system', 'fw529a3039@dt=FfAAAABB', 'fw529a3039@dt=FfAAAABB'],
    ['at signs where level 2 takes them', 'foo@=1,foo@@bar=2,foo@bar@baz=3', 'foo@=1,foo@@bar=2,foo@bar@baz=3'],
    ['a key of one character', 'a=1', 'a=1'],
    ['a key of digits', '7=1', '7=1'],
    ['every character of a value', `k=${VALUE}`, `k=${VALUE}`],
    ['spaces in front of a value, which are part of it', 'k=  v', 'k=  v'],
    ['whitespace around members', ' a=1 \t , \t b=2\t', 'a=1,b=2'],
    ['empty members', ',a=1,,b=2, ,\t,', 'a=1,b=2'],
    ['of a key that comes twice the first, which is newer', 'a=1,b=2,a=3', 'a=1,b=2'],
    ['a key of 256 characters', `${'k'.repeat(256)}=1`, `${'k'.repeat(256)}=1`],
    ['a value of 256 characters', `k=${'v'.repeat(256)}`, `k=${'v'.repeat(256)}`],
    ['32 members', numbered(32).join(','), numbered(32).join(',')],
    ['32 members and empty ones', `,,${numbered(32).join(',,')},,`, numbered(32).join(',')],
  ])('%s', (_what, header, expected) => {
    expect(read(header)).toBe(expected);
    expect(runtimeState.droppedHeaders).toBe(0);
  });

  it('member by member', () => {
    const state = readTraceState('rojo=00f067aa0ba902b7, congo=t61rcWkgMzE')!;
    expect([state.get('rojo'), state.get('congo'), state.get('none')]).toEqual([
      '00f067aa0ba902b7',
      't61rcWkgMzE',
      undefined,
    ]);
  });

  it('and has nothing when it has no members', () => {
    for (const header of ['', ' ', ',', ' ,\t, ']) expect(readTraceState(header)).toBeUndefined();
    expect(runtimeState.droppedHeaders).toBe(0);
  });
});

describe('a tracestate is left out as a whole', () => {
  it.each([
    ['no equals sign', 'a=1,b'],
    ['no key', 'a=1,=2'],
    ['no value', 'foo=,bar=3'],
    ['a value of spaces', 'a=  ,b=1'],
    ['two equals signs', 'foo=bar=baz'],
    ['a space behind the key', 'foo =1'],
    ['an upper-case key', 'FOO=1'],
    ['a full stop in a key', 'foo.bar=1'],
    ['an at sign in front', '@foo=1,bar=2'],
    ['a mark in front', '_foo=1'],
    ['non-ASCII in a key', 'fü=1'],
    ['non-ASCII in a value', 'a=ü'],
    ['a tab in a value', 'a=1\t2'],
    ['a line break in a value', 'a=1\r\nx-evil: 1'],
    ['a NUL in a value', 'a=\u0000'],
    ['a DEL in a value', 'a=\u007f'],
    ['a key of 257 characters', `foo=1,${'k'.repeat(257)}=1`],
    ['a value of 257 characters', `foo=1,k=${'v'.repeat(257)}`],
    ['33 members', numbered(33).join(',')],
    ['33 members of one key', Array.from({ length: 33 }, () => 'k=1').join(',')],
    ['64 KB of one value', `k=${'v'.repeat(65_536)}`],
    ['64 KB of commas', ','.repeat(65_536)],
    ['64 KB of members', numbered(10_000).join(',')],
  ])('%s', (_what, header) => {
    expect(readTraceState(header)).toBeUndefined();
    expect(runtimeState.droppedHeaders).toBe(1);
  });
});

describe('a tracestate that is too long is cut to 512 characters', () => {
  const member = (key: string, length: number) => `${key}=${'v'.repeat(length - key.length - 1)}`;

  it('not when it has just as many', () => {
    const header = [member('a', 255), member('b', 256)].join(',');
    expect(header).toHaveLength(512);
    expect(read(header)).toBe(header);
  });

  it('by members above 128 characters first, from the end, and only as many as must', () => {
    const [a, b, c, d] = [member('a', 129), member('b', 128), member('c', 200), member('d', 128)];
    expect(read([a, b, c, d].join(','))).toBe([a, b, d].join(','));
    expect(runtimeState.droppedHeaders).toBe(1);
    expect(read([c, a, member('e', 129), b].join(','))).toBe([c, a, b].join(','));
  });

  it('then by others, from the end', () => {
    const members = ['a', 'b', 'c', 'd', 'e'].map((key) => member(key, 128));
    expect(read(members.join(','))).toBe(members.slice(0, 3).join(','));
    expect(read([member('l', 129), ...members].join(','))).toBe(members.slice(0, 3).join(','));
  });

  it('to nothing when one member is longer than all that is carried', () => {
    expect(readTraceState(`${'k'.repeat(256)}=${'v'.repeat(256)}`)).toBeUndefined();
    expect(runtimeState.droppedHeaders).toBe(1);
  });
});

describe('a tracestate is changed', () => {
  const state = readTraceState('a=1,b=2')!;

  it('by a new member in front', () => {
    expect(state.set('c', '3').serialize()).toBe('c=3,a=1,b=2');
    expect(state.serialize()).toBe('a=1,b=2');
  });

  it('by a new value, which moves its member to the front', () => {
    expect(state.set('b', '3').serialize()).toBe('b=3,a=1');
  });

  it('by leaving a member out', () => {
    expect(state.unset('a').serialize()).toBe('b=2');
    expect(state.unset('x')).toBe(state);
  });

  it('and stays as it is when the new member is not valid', () => {
    for (const [key, value] of [
      ['A', '1'],
      ['', '1'],
      ['a', ''],
      ['a', 'x,y'],
      ['a', 'x=y'],
      ['a', 'x '],
      ['a', 'x\r\ny'],
      ['a', 'ü'],
      ['k'.repeat(257), '1'],
      [7, '1'],
      ['a', undefined],
    ] as [string, string][]) {
      expect(state.set(key, value)).toBe(state);
    }
  });

  it('the last member goes where there would be 33', () => {
    const full = readTraceState(numbered(32).join(','))!;
    expect(full.set('new', '1').serialize()).toBe(['new=1', ...numbered(31)].join(','));
    expect(full.set('k31', '2').serialize()).toBe(['k31=2', ...numbered(31)].join(','));
  });
});

describe('of any text', () => {
  const part = fc.string({ unit: fc.constantFrom(...'ab0_-*/@=, \tA.ü'), maxLength: 8 });
  const lists = fc.oneof(
    fc
      .array(
        fc.tuple(part, part).map((pair) => pair.join('=')),
        { maxLength: 40 },
      )
      .map((all) => all.join(',')),
    fc.string({ unit: 'binary', maxLength: 700 }),
    fc.integer({ min: 0, max: 20 }).chain((count) => fc.constant(numbered(count, 'v'.repeat(40)).join(' , '))),
  );

  it('what is read is valid, bounded, and read again the same', () => {
    fc.assert(
      fc.property(lists, (header) => {
        const text = read(header);
        if (text === undefined) return;
        expect(text.length).toBeLessThanOrEqual(512);
        expect(text).toMatch(/^[ -~]+$/);
        expect(text.split(',').length).toBeLessThanOrEqual(32);
        expect(read(text)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('no change makes it invalid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, fc.string({ unit: 'binary', maxLength: 300 })), { maxLength: 50 }),
        (changes) => {
          let state = new TraceStateList(new Map());
          for (const [key, value] of changes) state = state.set(key, value);
          const text = state.serialize();
          expect(text.length).toBeLessThanOrEqual(512);
          expect(read(text) ?? '').toBe(text);
        },
      ),
    );
  });
});
