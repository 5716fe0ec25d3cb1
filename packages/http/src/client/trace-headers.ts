import type { TextMapSetter } from '@opentelemetry/api';
import type { ClientCall } from './client-call.js';
import { injectInto } from './client-calls.js';
import { tellSpan } from './other-calls.js';

/** The headers of a request that is about to be sent. Names are in lower case. */
export interface TraceHeaders {
  /** All values of a header, in order; none: it is not there. */
  values(name: string): readonly string[];
  /** Puts one value in the place of all. */
  set(name: string, value: string): void;
  remove(name: string): void;
}

/** The name of a header for a regular expression. */
export function literal(name: string): string {
  return name.replace(/[^\w-]/g, '\\$&');
}

const replacing: TextMapSetter<TraceHeaders> = {
  set: (headers, name, value) => headers.set(name, name === 'baggage' ? joined(headers.values(name), value) : value),
};

const filling: TextMapSetter<TraceHeaders> = {
  set: (headers, name, value) => {
    if (headers.values(name).length === 0) headers.set(name, value);
  },
};

/**
 * Writes the trace of a request into its headers. Where the request is ours to record, its span is what the other side is
 * called by, whatever stood there; where another instrumentation records it, what that one has written stays.
 */
export function writeTrace(call: ClientCall | undefined, headers: TraceHeaders): void {
  if (call === undefined || call.isAdopted) {
    if (!tellSpan(headers)) injectInto(call, headers, filling);
    return;
  }
  // it says more about a trace that is not told any more
  if (headers.values('tracestate').length > 0) headers.remove('tracestate');
  injectInto(call, headers, replacing);
}

/** Baggage of ours, and of what stood there the members of other names: vendors send theirs along. */
function joined(there: readonly string[], ours: string): string {
  const named = new Set(ours.split(',').map(nameOf));
  const others = there.flatMap((each) => each.split(',')).filter((member) => !named.has(nameOf(member)));
  return [...others.map((member) => member.trim()), ours].join(',');
}

function nameOf(member: string): string {
  return (/^[^=;]*/.exec(member)?.[0] ?? '').trim();
}
