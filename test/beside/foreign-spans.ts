import type { ReceivedRequest } from './loopback.js';
import { readMessagePack } from './message-pack.js';

/** A span as a vendor's SDK exports it, as far as these tests look at it. */
export interface ForeignSpan {
  readonly name: string;
  /** `server`, `client`, or what else the vendor calls it. */
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
}

interface SentrySpan {
  readonly op?: string;
  readonly description?: string;
  readonly name?: string;
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly attributes?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** Spans in envelopes: of a transaction and within it, or one by one as newer versions stream them. */
export function readSentrySpans(received: readonly ReceivedRequest[]): ForeignSpan[] {
  const lines = received.flatMap(({ body }) => body.toString('utf8').split('\n').filter(Boolean));
  const spans = lines.map((line) => JSON.parse(line)).flatMap((item) => spansOf(item));
  return spans.map((span) => ({
    name: span.description ?? span.name ?? '',
    kind: kindOfSentry(span),
    traceId: span.trace_id,
    spanId: span.span_id,
    parentSpanId: span.parent_span_id,
  }));
}

function spansOf(item: Record<string, never>): SentrySpan[] {
  const { type, contexts, transaction, spans, items } = item as {
    type?: string;
    contexts?: { trace: SentrySpan };
    transaction?: string;
    spans?: SentrySpan[];
    items?: SentrySpan[];
  };
  if (type === 'transaction' && contexts !== undefined) {
    return [{ ...contexts.trace, description: transaction ?? '' }, ...(spans ?? [])];
  }
  return (items ?? []).filter((each) => each.span_id !== undefined && each.name !== undefined);
}

function kindOfSentry({ op, attributes }: SentrySpan): string {
  const of = String(op ?? attributes?.['sentry.op']?.value ?? '');
  if (of === 'http.server') return 'server';
  return of === 'http.client' ? 'client' : of;
}

interface DatadogSpan {
  readonly name: string;
  readonly resource: string;
  readonly trace_id: bigint | number;
  readonly span_id: bigint | number;
  readonly parent_id: bigint | number;
  readonly meta?: Readonly<Record<string, string>>;
}

/** Spans that an agent of Datadog was sent (its protocol v0.4). */
export function readDatadogSpans(received: readonly ReceivedRequest[]): ForeignSpan[] {
  const posts = received.filter(({ path, body }) => path === '/v0.4/traces' && body.length > 0);
  const traces = posts.flatMap(({ body }) => readMessagePack(body) as DatadogSpan[][]);
  return traces.flat().map((span) => ({
    name: span.name,
    kind: span.meta?.['span.kind'] ?? '',
    traceId: `${span.meta?.['_dd.p.tid'] ?? ''}${hex(span.trace_id)}`,
    spanId: hex(span.span_id),
    parentSpanId: Number(span.parent_id) === 0 ? undefined : hex(span.parent_id),
  }));
}

function hex(id: bigint | number): string {
  return BigInt(id).toString(16).padStart(16, '0');
}
