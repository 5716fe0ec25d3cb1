import type { TextMapGetter } from '@opentelemetry/api';
import { type B3Context, b3Context } from './b3-ids.js';
import { firstValue } from './carrier.js';

export const B3_TRACE_ID = 'x-b3-traceid';
export const B3_SPAN_ID = 'x-b3-spanid';
export const B3_SAMPLED = 'x-b3-sampled';
export const B3_FLAGS = 'x-b3-flags';

/**
 * Reads the headers `x-b3-*` (https://github.com/openzipkin/b3-propagation, "Multiple Headers"); the first value of each
 * wins. Undefined when one of them is not valid; 'none' when there are no ids.
 */
export function readB3Multi<Carrier>(carrier: Carrier, getter: TextMapGetter<Carrier>): B3Context | 'none' | undefined {
  const traceId = firstValue(carrier, getter, B3_TRACE_ID);
  const spanId = firstValue(carrier, getter, B3_SPAN_ID);
  if (traceId === undefined && spanId === undefined) return 'none';
  if (traceId === undefined || spanId === undefined) return undefined;
  const isDebug = firstValue(carrier, getter, B3_FLAGS) === '1';
  const decision = isDebug ? '1' : (firstValue(carrier, getter, B3_SAMPLED) ?? '0');
  const isSampled = isYes(decision);
  return isSampled || isNo(decision) ? b3Context(traceId, spanId, isSampled, isDebug) : undefined;
}

/** Words for the digits come from before there was a specification, which lets them be read. */
function isYes(decision: string): boolean {
  return decision === '1' || decision === 'true' || decision === 'True';
}

function isNo(decision: string): boolean {
  return decision === '0' || decision === 'false' || decision === 'False';
}
