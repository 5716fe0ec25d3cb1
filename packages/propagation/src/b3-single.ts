import { type B3Context, b3Context, SPAN_ID_LENGTH } from './b3-ids.js';
import { isLowerHex } from './lower-hex.js';

/** Two ids of 32 and 16 digits, a decision, the parent's id, and the dashes between them. */
const MAX_LENGTH = 68;

/**
 * Reads `{trace id}-{span id}-{decision}-{parent span id}`, of which the last two may be missing
 * (https://github.com/openzipkin/b3-propagation, "Single Header"). Undefined when it is not valid, and for a decision alone.
 */
export function readB3Single(text: string): B3Context | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [traceId = '', spanId = '', ...rest] = text.split('-');
  const decision = rest[0] !== undefined && rest[0].length === 1 ? rest.shift() : undefined;
  if (decision !== undefined && decision !== '0' && decision !== '1' && decision !== 'd') return undefined;
  const [parent, ...more] = rest;
  if (more.length > 0 || (parent !== undefined && !isSpanId(parent))) return undefined;
  return b3Context(traceId, spanId, decision === '1', decision === 'd');
}

function isSpanId(text: string): boolean {
  return text.length === SPAN_ID_LENGTH && isLowerHex(text, 0, SPAN_ID_LENGTH);
}
