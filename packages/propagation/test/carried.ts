import {
  type Baggage,
  type BaggageEntry,
  baggageEntryMetadataFromString,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';

/** Headers as Node gives them: one text, or an array. */
export type Headers = Record<string, string | string[]>;

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';

export function extract(propagator: TextMapPropagator, headers: unknown, context = ROOT_CONTEXT): Context {
  return propagator.extract(context, headers, defaultTextMapGetter);
}

export function inject(propagator: TextMapPropagator, context: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, defaultTextMapSetter);
  return headers;
}

/** The span context that comes out of headers, its `tracestate` as text. */
export function spanContextOf(context: Context): unknown {
  const spanContext = trace.getSpanContext(context);
  if (spanContext === undefined) return undefined;
  const { traceState, ...rest } = spanContext;
  return traceState === undefined ? rest : { ...rest, traceState: traceState.serialize() };
}

export function inSpan(spanContext: Partial<SpanContext> = {}): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, ...spanContext });
}

/** Entries of a baggage: `name: value`, or `name: [value, metadata]`. */
export type Entries = Record<string, string | [value: string, metadata: string]>;

export function withBaggage(entries: Entries): Context {
  const described = Object.entries(entries).map(([name, entry]): [string, BaggageEntry] => [
    name,
    typeof entry === 'string'
      ? { value: entry }
      : { value: entry[0], metadata: baggageEntryMetadataFromString(entry[1]) },
  ]);
  const baggage: Baggage = propagation.createBaggage(Object.fromEntries(described));
  return propagation.setBaggage(ROOT_CONTEXT, baggage);
}

export function entriesOf(context: Context): Entries {
  const baggage = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return Object.fromEntries(
    baggage.map(([name, { value, metadata }]) => [name, metadata === undefined ? value : [value, metadata.toString()]]),
  );
}
