import { type ProxyTracerProvider, type Span, trace } from '@opentelemetry/api';
import { processWide, runtimeState } from '@otel-monitor/runtime';

/** As far as spans of SDKs can be read. */
type ReadableSpan = Span & {
  readonly instrumentationScope?: { readonly name?: string };
  /** The name of the same in SDKs before 2. */
  readonly instrumentationLibrary?: { readonly name?: string };
};

/** Where a request is counted that another instrumentation records as well. */
export type Counting =
  /** By us, on our page and in the owner's export: nobody else does. */
  | 'everywhere'
  /** By us on our page alone: the owner's export has it from the other one. */
  | 'here'
  /** By the other one alone, through our meter provider. */
  | 'nowhere';

/** The official instrumentations: they record `http.server.request.duration` and `http.client.request.duration` themselves. */
const OFFICIAL = new Set(['@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici']);

/** What the official instrumentations have asked our providers for. */
const asked = processWide('asked-of-our-providers', () => ({
  meters: new Set<string>(),
  tracers: new Set<string>(),
}));

/** For whoever builds a meter provider of ours: a scope has a meter of it, so that what it measures is on our page. */
export function noteMeter(scope: string): void {
  if (OFFICIAL.has(scope)) asked.meters.add(scope);
}

/** For whoever builds a tracer provider of ours: a scope has a tracer of it. */
export function noteTracer(scope: string): void {
  if (OFFICIAL.has(scope)) asked.tracers.add(scope);
}

/** Whether the official instrumentation of a client may be recording: of what is registered by others nothing is known. */
export function mayBeRecording(client: 'http' | 'undici'): boolean {
  return runtimeState.spanSource === undefined || asked.tracers.has(`@opentelemetry/instrumentation-${client}`);
}

/** Where a request is counted by us that is recorded in `span` already. */
export function countingBeside(span: Span, recorder: 'http' | 'undici'): Counting {
  // of a span that is not sampled nothing can be read: it is the official one's, where no vendor is known
  const isVendors = isDatadogSpan(span) || hasSentry();
  const scope = scopeOf(span) ?? (isVendors ? '' : `@opentelemetry/instrumentation-${recorder}`);
  if (!OFFICIAL.has(scope)) return 'everywhere';
  if (runtimeState.metrics !== 'own') return 'here';
  return asked.meters.has(scope) ? 'nowhere' : 'everywhere';
}

/** Whether a span is one of the official instrumentations'. Those that are not sampled say nothing of themselves. */
export function isOfficial(span: Span): boolean {
  return OFFICIAL.has(scopeOf(span) ?? '');
}

function scopeOf(span: ReadableSpan): string | undefined {
  return (span.instrumentationScope ?? span.instrumentationLibrary)?.name;
}

interface SentryCarrier {
  readonly version?: string;
  readonly [version: string]: { readonly acs?: { readonly startInactiveSpan?: unknown } } | string | undefined;
}

/**
 * Whether Sentry traces through OpenTelemetry: version 10 does, by whichever provider is registered, which shows where
 * copies of Sentry find each other; version 11 where it was asked to be the provider. Otherwise its spans are of a tracing
 * system of its own, which is none of ours.
 */
export function hasSentry(): boolean {
  const carrier = (globalThis as { __SENTRY__?: SentryCarrier }).__SENTRY__;
  if (carrier?.version === undefined) return false;
  const current = carrier[carrier.version];
  if (typeof current === 'object' && typeof current.acs?.startInactiveSpan === 'function') return true;
  const provider = (trace.getTracerProvider() as Partial<ProxyTracerProvider>).getDelegate?.();
  return provider?.constructor?.name === 'SentryTracerProvider';
}

/** What a span of Datadog's is made around, where its tracer is the provider. */
interface DatadogSpan {
  readonly _ddSpan?: { context(): { readonly _tags?: Readonly<Record<string, unknown>> } };
}

/** Whether Datadog's tracer has made a span: it is the provider then, and what it records is in one system with ours. */
export function isDatadogSpan(span: (Span & DatadogSpan) | undefined): boolean {
  return span?._ddSpan !== undefined;
}

/** `server`, `client` and so on, of a span of Datadog's. */
export function datadogKind(span: Span & DatadogSpan): unknown {
  return span._ddSpan?.context()._tags?.['span.kind'];
}
