import { type Context, context, propagation, ROOT_CONTEXT, type TextMapGetter, trace } from '@opentelemetry/api';
import { report } from '@otel-monitor/runtime';
import { type CarrierFields, carrierFields } from './carrier-fields.js';
import { carrierValue } from './carrier-value.js';
import type { Operation } from './operation.js';
import { isContext } from './parent-context.js';

/** Whose context is written: an operation's, or a given one; left out, the current one. An operation itself fits too. */
export interface ContextSource {
  readonly operation?: Operation;
  readonly context?: Context;
}

/**
 * Writes a context into the carrier by the propagators in force, and gives the carrier back. Fields of theirs that an
 * earlier context left in it go (specification, Propagators API, "Fields"). A context that says nothing leaves the carrier
 * as it is. Never throws.
 */
export function injectContext<Carrier>(carrier: Carrier, from?: ContextSource): Carrier {
  try {
    const written: Record<string, string> = {};
    propagation.inject(contextOf(from), written);
    const names = Object.keys(written);
    if (names.length === 0) return carrier;
    const fields = carrierFields(carrier);
    if (fields === undefined) throw new TypeError('not a carrier');
    for (const name of propagation.fields()) if (!Object.hasOwn(written, name)) fields.remove(name);
    for (const name of names) fields.write(name, String(written[name]));
  } catch {
    report('inject', 'a carrier could not be written; whoever reads it does not continue the trace');
  }
  return carrier;
}

/**
 * The context that a carrier holds, by the propagators in force, over the current one without its span and baggage. What
 * is not valid gives a context in which an operation starts a new trace. Never throws.
 */
export function extractContext(carrier: unknown): Context {
  let base = ROOT_CONTEXT;
  try {
    base = propagation.deleteBaggage(trace.deleteSpan(context.active()));
    const fields = carrierFields(carrier);
    return fields === undefined ? base : propagation.extract(base, fields, GETTER);
  } catch {
    return base;
  }
}

const GETTER: TextMapGetter<CarrierFields> = {
  get(fields, name) {
    try {
      return carrierValue(fields.read(name));
    } catch {
      // one field that cannot be read must not take the others with it
      return undefined;
    }
  },
  keys(fields) {
    try {
      return fields.names();
    } catch {
      return [];
    }
  },
};

function contextOf(from: ContextSource | undefined): Context {
  if (typeof from !== 'object' || from === null) return context.active();
  if (isContext(from)) return from;
  const given = from.operation?.context ?? from.context;
  return given !== undefined && isContext(given) ? given : context.active();
}
