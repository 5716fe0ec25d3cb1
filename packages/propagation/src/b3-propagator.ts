import {
  type Context,
  createContextKey,
  isSpanContextValid,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import type { B3Context } from './b3-ids.js';
import { B3_FLAGS, B3_SAMPLED, B3_SPAN_ID, B3_TRACE_ID, readB3Multi } from './b3-multi.js';
import { readB3Single } from './b3-single.js';
import { firstValue } from './carrier.js';
import { isTracingSuppressed } from './suppressed-tracing.js';

const B3 = 'b3';
/** Where the official propagator keeps the debug flag too: in its own form, `d` or `1`. */
const DEBUG_KEY = createContextKey('OpenTelemetry Context Key B3 Debug Flag');

/** One header `b3`, or one for each part. */
export type B3Encoding = 'single' | 'multi';

/**
 * B3 (https://github.com/openzipkin/b3-propagation, and OpenTelemetry's API propagators, "B3 Requirements"): reads both
 * encodings, the single header first, and writes one. Total: neither carriers nor their getters and setters can make it
 * throw.
 *
 * @param options.encoding how it writes; default `single`
 */
export class B3Propagator implements TextMapPropagator {
  readonly #isMulti: boolean;

  constructor({ encoding = 'single' }: { readonly encoding?: B3Encoding } = {}) {
    this.#isMulti = encoding === 'multi';
  }

  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    try {
      const spanContext = trace.getSpanContext(context);
      if (spanContext === undefined || isTracingSuppressed(context) || !isSpanContextValid(spanContext)) return;
      const traceId = spanContext.traceId.toLowerCase();
      const spanId = spanContext.spanId.toLowerCase();
      const isDebug = context.getValue(DEBUG_KEY) !== undefined;
      const decision = (spanContext.traceFlags & TraceFlags.SAMPLED) === 0 ? '0' : '1';
      if (!this.#isMulti) {
        setter.set(carrier, B3, `${traceId}-${spanId}-${isDebug ? 'd' : decision}`);
        return;
      }
      setter.set(carrier, B3_TRACE_ID, traceId);
      setter.set(carrier, B3_SPAN_ID, spanId);
      // debug implies sampled, which is not sent beside it
      if (isDebug) setter.set(carrier, B3_FLAGS, '1');
      else setter.set(carrier, B3_SAMPLED, decision);
    } catch {
      runtimeState.droppedHeaders += 1;
    }
  }

  /** `context` as it is when there are no ids, or none that are valid. */
  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    try {
      const found = this.#read(carrier, getter);
      if (found === undefined) return context;
      const inTrace = trace.setSpanContext(context, found.spanContext);
      if (found.isDebug) return inTrace.setValue(DEBUG_KEY, this.#isMulti ? '1' : 'd');
      return inTrace.getValue(DEBUG_KEY) === undefined ? inTrace : inTrace.deleteValue(DEBUG_KEY);
    } catch {
      runtimeState.droppedHeaders += 1;
      return context;
    }
  }

  fields(): string[] {
    return this.#isMulti ? [B3_TRACE_ID, B3_SPAN_ID, B3_FLAGS, B3_SAMPLED] : [B3];
  }

  #read<Carrier>(carrier: Carrier, getter: TextMapGetter<Carrier>): B3Context | undefined {
    const header = firstValue(carrier, getter, B3);
    const single = header === undefined ? undefined : readB3Single(header);
    if (single !== undefined) return single;
    const multi = readB3Multi(carrier, getter);
    if (multi !== undefined && multi !== 'none') return multi;
    if (header !== undefined || multi === undefined) runtimeState.droppedHeaders += 1;
    return undefined;
  }
}
