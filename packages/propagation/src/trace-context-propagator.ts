import {
  type Context,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { joinedValue } from './carrier.js';
import { isRandomTrace, withRemoteParent } from './remote-parent.js';
import { isTracingSuppressed } from './suppressed-tracing.js';
import { readTraceState, writeTraceState } from './trace-state.js';
import { readTraceparent, writeTraceparent } from './traceparent.js';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

/**
 * W3C Trace Context, level 1 and 2 (https://www.w3.org/TR/trace-context-2/). Total: neither carriers nor their getters and
 * setters can make it throw.
 */
export class TraceContextPropagator implements TextMapPropagator {
  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    try {
      const spanContext = trace.getSpanContext(context);
      if (spanContext === undefined || isTracingSuppressed(context)) return;
      const traceparent = writeTraceparent(spanContext, isRandomTrace(context, spanContext.traceId));
      if (traceparent === undefined) return;
      setter.set(carrier, TRACEPARENT, traceparent);
      if (spanContext.traceState === undefined) return;
      const tracestate = writeTraceState(spanContext.traceState);
      if (tracestate !== '') setter.set(carrier, TRACESTATE, tracestate);
    } catch {
      // a carrier that takes no header any more, or a span of somebody's that cannot say who it is: the call goes on without
      runtimeState.droppedHeaders += 1;
    }
  }

  /** `context` as it is when there is no header, or none that is valid. */
  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    try {
      // several of them are one text with a comma in it, which is not valid
      const traceparent = joinedValue(carrier, getter, TRACEPARENT);
      if (traceparent === undefined) return context;
      const spanContext = readTraceparent(traceparent);
      if (spanContext === undefined) {
        runtimeState.droppedHeaders += 1;
        return context;
      }
      const tracestate = joinedValue(carrier, getter, TRACESTATE);
      if (tracestate !== undefined && tracestate !== '') {
        const traceState = readTraceState(tracestate);
        if (traceState !== undefined) spanContext.traceState = traceState;
      }
      return withRemoteParent(context, spanContext);
    } catch {
      runtimeState.droppedHeaders += 1;
      return context;
    }
  }

  fields(): string[] {
    return [TRACEPARENT, TRACESTATE];
  }
}
