import { isSpanContextValid } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraceparent, writeTraceparent } from '../src/traceparent.js';
import { SPAN_ID, TRACE_ID } from './carried.js';

const ids = `${TRACE_ID}-${SPAN_ID}`;
const read = (traceFlags: number) => ({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags, isRemote: true });

describe('a traceparent is read', () => {
  it.each([
    ['sampled', `00-${ids}-01`, 1],
    ['not sampled', `00-${ids}-00`, 0],
    ['random, level 2', `00-${ids}-02`, 2],
    ['sampled and random', `00-${ids}-03`, 3],
    ['reserved flags are not kept', `00-${ids}-ff`, 3],
    ['reserved flags alone', `00-${ids}-fc`, 0],
    ['a space in front', ` 00-${ids}-01`, 1],
    ['a tab in front', `\t00-${ids}-01`, 1],
    ['a space behind', `00-${ids}-01 `, 1],
    ['spaces and tabs around', `\t 00-${ids}-01 \t`, 1],
    ['the last version', `fe-${ids}-01`, 1],
    ['a later version as version 00', `01-${ids}-01`, 1],
    ['a later version with appended data', `cc-${ids}-01-what-the-future-will-be-like`, 1],
    ['a later version with an empty appendix', `cc-${ids}-01-`, 1],
    ['a later version with characters of any kind', `cc-${ids}-00-Ünicode=?.`, 0],
  ])('%s', (_what, header, traceFlags) => {
    expect(readTraceparent(header)).toEqual(read(traceFlags));
  });
});

describe('a traceparent is not valid', () => {
  it.each([
    ['empty', ''],
    ['blank', ' \t '],
    ['version ff', `ff-${ids}-01`],
    ['version ff with appended data', `ff-${ids}-01-x`],
    ['version 00 with appended data', `00-${ids}-01-x`],
    ['version 00 with a dash behind', `00-${ids}-01-`],
    ['version 00 with a character behind', `00-${ids}-01.`],
    ['a later version without the dash before its data', `cc-${ids}-01.what`],
    ['a later version that is too short', `cc-${ids}-0`],
    ['a version of one digit', `0-${ids}-01`],
    ['a version of three digits', `000-${ids}-01`],
    ['a version of no hexadecimal', `.0-${ids}-01`],
    ['a version in upper case', `CC-${ids}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a parent id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['a trace id in upper case', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['a parent id in upper case', `00-${TRACE_ID}-${SPAN_ID.toUpperCase()}-01`],
    ['flags in upper case', `00-${ids}-0A`],
    ['a trace id of no hexadecimal', `00-.${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['a parent id of no hexadecimal', `00-${TRACE_ID}-.${SPAN_ID.slice(1)}-01`],
    ['flags of no hexadecimal', `00-${ids}-.0`],
    ['flags whose second digit is none', `00-${ids}-0.`],
    ['a trace id that is too long', `00-${TRACE_ID}0-${SPAN_ID}-01`],
    ['a trace id that is too short', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['a parent id that is too long', `00-${ids}0-01`],
    ['a parent id that is too short', `00-${ids.slice(0, -1)}-01`],
    ['flags that are too long', `00-${ids}-001`],
    ['flags that are too short', `00-${ids}-1`],
    ['no flags', `00-${ids}`],
    ['underscores for dashes', `00_${TRACE_ID}_${SPAN_ID}_01`],
    ['a line break behind, which is no optional whitespace', `00-${ids}-01\n`],
    ['a no-break space in front', `\u00a000-${ids}-01`],
    ['two headers that were joined', `00-${ids}-01, 00-${ids}-01`],
    ['two headers of a later version that were joined', `cc-${ids}-01-x, cc-${ids}-01-x`],
    ['digits of other scripts', `00-${'٠'.repeat(31)}1-${SPAN_ID}-01`],
    ['64 KB of a later version', `cc-${ids}-01-${'x'.repeat(65_536)}`],
    ['64 KB of whitespace in front', `${' '.repeat(65_536)}00-${ids}-01`],
  ])('%s', (_what, header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });

  it('whatever is no text', () => {
    for (const junk of [undefined, null, 7, {}, [], Buffer.from(`00-${ids}-01`)]) {
      expect(readTraceparent(junk as string)).toBeUndefined();
    }
  });
});

describe('a traceparent is written', () => {
  const write = (traceFlags: number, isRandom?: boolean) =>
    writeTraceparent({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags }, isRandom);

  it('in version 00, with the flags that there are', () => {
    expect(write(0)).toBe(`00-${ids}-00`);
    expect(write(1)).toBe(`00-${ids}-01`);
    expect(write(3)).toBe(`00-${ids}-03`);
    expect(write(0xff)).toBe(`00-${ids}-03`);
    expect(write(1, true)).toBe(`00-${ids}-03`);
    expect(write(undefined as never)).toBe(`00-${ids}-00`);
    expect(write(Number.NaN)).toBe(`00-${ids}-00`);
  });

  it('in lower case', () => {
    const spanContext = { traceId: TRACE_ID.toUpperCase(), spanId: SPAN_ID.toUpperCase(), traceFlags: 1 };
    expect(writeTraceparent(spanContext)).toBe(`00-${ids}-01`);
  });

  it.each([
    ['0'.repeat(32), SPAN_ID],
    [TRACE_ID, '0'.repeat(16)],
    [TRACE_ID.slice(1), SPAN_ID],
    [TRACE_ID, `${SPAN_ID}0`],
    [`${TRACE_ID.slice(1)}g`, SPAN_ID],
    ['', ''],
    [undefined as never, SPAN_ID],
    [TRACE_ID, 7 as never],
  ])('not for %s and %s', (traceId, spanId) => {
    expect(writeTraceparent({ traceId, spanId, traceFlags: 1 })).toBeUndefined();
  });
});

describe('of any text', () => {
  const nearly = fc
    .tuple(
      fc.constantFrom('00', '01', 'cc', 'ff', '0G', '0'),
      fc.oneof(fc.constant(TRACE_ID), fc.constant('0'.repeat(32)), fc.string({ unit: 'binary-ascii', maxLength: 34 })),
      fc.oneof(fc.constant(SPAN_ID), fc.constant('0'.repeat(16)), fc.string({ unit: 'binary-ascii', maxLength: 18 })),
      fc.string({ unit: fc.constantFrom(...'0123af-,. '), maxLength: 5 }),
    )
    .map((parts) => parts.join('-'));

  it('what is read is a valid span context, and written again is read alike', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: 'binary' })), (header) => {
        const spanContext = readTraceparent(header);
        if (spanContext === undefined) return;
        expect(isSpanContextValid(spanContext)).toBe(true);
        const written = writeTraceparent(spanContext)!;
        expect(written).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
        expect(readTraceparent(written)).toEqual(spanContext);
      }),
      { numRuns: 3000 },
    );
  });

  it('a valid span context comes back', () => {
    const hex = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
    fc.assert(
      fc.property(hex(32), hex(16), fc.nat(255), (traceId, spanId, traceFlags) => {
        fc.pre(isSpanContextValid({ traceId, spanId, traceFlags }));
        expect(readTraceparent(writeTraceparent({ traceId, spanId, traceFlags })!)).toEqual({
          traceId,
          spanId,
          traceFlags: traceFlags & 3,
          isRemote: true,
        });
      }),
    );
  });
});
