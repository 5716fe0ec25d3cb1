import { INVALID_SPANID, INVALID_TRACEID, type SpanContext, TraceFlags } from '@opentelemetry/api';
import { isLowerHex, isLowerHexId } from './lower-hex.js';
import { withoutBlanks } from './optional-whitespace.js';

/** version-traceid-parentid-flags: where the fields end (W3C Trace Context level 2, "traceparent Header Field Values"). */
const VERSION_END = 2;
const TRACE_ID_END = 35;
const SPAN_ID_END = 52;
const TRACE_ID_LENGTH = 32;
const SPAN_ID_LENGTH = 16;
/** All of version 00. */
const LENGTH = 55;
/** A later version may append data, of which nothing is used: longer than this is not read at all. */
const MAX_LENGTH = 512;
const DASH = 0x2d;

/** The trace id was made at random in its right-most seven bytes (level 2). */
export const RANDOM_FLAG = 0x02;
/** The flags that there are; all others are reserved, and sent as 0. */
const KNOWN_FLAGS = TraceFlags.SAMPLED | RANDOM_FLAG;

/**
 * The span context that a `traceparent` names, which is remote; undefined when the text is not valid. Never throws.
 *
 * Later versions are read as the specification tells ("Versioning of traceparent"): the fields of version 00, and whatever
 * follows a dash is ignored.
 */
export function readTraceparent(header: string): SpanContext | undefined {
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return undefined;
  const text = withoutBlanks(header);
  if (text.length < LENGTH || !hasUsableVersion(text)) return undefined;
  if (text.charCodeAt(VERSION_END) !== DASH || text.charCodeAt(TRACE_ID_END) !== DASH) return undefined;
  if (text.charCodeAt(SPAN_ID_END) !== DASH || !isLowerHex(text, SPAN_ID_END + 1, LENGTH)) return undefined;
  if (!isLowerHex(text, VERSION_END + 1, TRACE_ID_END) || !isLowerHex(text, TRACE_ID_END + 1, SPAN_ID_END)) {
    return undefined;
  }
  const traceId = text.slice(VERSION_END + 1, TRACE_ID_END);
  const spanId = text.slice(TRACE_ID_END + 1, SPAN_ID_END);
  if (traceId === INVALID_TRACEID || spanId === INVALID_SPANID) return undefined;
  // both known flags are in the last digit
  const traceFlags = Number.parseInt(text.charAt(LENGTH - 1), 16) & KNOWN_FLAGS;
  return { traceId, spanId, traceFlags, isRemote: true };
}

/** Version ff is none, 00 has nothing behind its fields, and a comma would join two headers. */
function hasUsableVersion(text: string): boolean {
  if (!isLowerHex(text, 0, VERSION_END) || text.startsWith('ff')) return false;
  if (text.length === LENGTH) return true;
  return !text.startsWith('00') && text.charCodeAt(LENGTH) === DASH && !text.includes(',');
}

/**
 * The `traceparent` of a span context, in version 00; undefined when that is not valid. Never throws.
 *
 * @param isRandom sets the random flag, whether or not the span context has it
 */
export function writeTraceparent(spanContext: SpanContext, isRandom = false): string | undefined {
  const traceId = lowerCaseId(spanContext.traceId, TRACE_ID_LENGTH);
  const spanId = lowerCaseId(spanContext.spanId, SPAN_ID_LENGTH);
  if (traceId === undefined || spanId === undefined) return undefined;
  const flags = (spanContext.traceFlags & KNOWN_FLAGS) | (isRandom ? RANDOM_FLAG : 0);
  return `00-${traceId}-${spanId}-0${flags}`;
}

/** The API takes upper case for valid, a header does not. */
function lowerCaseId(id: unknown, length: number): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (isLowerHexId(id, length)) return id;
  const lower = id.length === length ? id.toLowerCase() : '';
  return isLowerHexId(lower, length) ? lower : undefined;
}
