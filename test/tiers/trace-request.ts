import { randomBytes } from 'node:crypto';

/** A span to be sent: what a test wants to say of it, the rest has defaults. */
export interface PlannedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  /** 1 ms. */
  readonly durationMillis?: number;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** 2 is an error. 0. */
  readonly status?: 0 | 1 | 2;
  readonly events?: readonly string[];
}

export const newTraceId = () => randomBytes(16).toString('hex');
export const newSpanId = () => randomBytes(8).toString('hex');

/** The body of an OTLP/JSON export request with these spans of one service. */
export function traceRequest(service: string, spans: readonly PlannedSpan[]): string {
  const now = BigInt(Date.now()) * 1_000_000n;
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': service, 'service.instance.id': `${service}-1` }) },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map((span) => spanOf(span, now)) }],
      },
    ],
  });
}

function spanOf(span: PlannedSpan, now: bigint): object {
  const { traceId, spanId, parentSpanId, name = 'work', durationMillis = 1, attributes = {}, status, events } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind: 1,
    startTimeUnixNano: String(now),
    endTimeUnixNano: String(now + BigInt(durationMillis) * 1_000_000n),
    attributes: attributesOf(attributes),
    ...(status !== undefined && { status: { code: status } }),
    ...(events !== undefined && { events: events.map((event) => ({ name: event, timeUnixNano: String(now) })) }),
  };
}

const attributesOf = (attributes: Readonly<Record<string, string | number>>) =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
