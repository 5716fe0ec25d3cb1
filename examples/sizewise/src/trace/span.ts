/** A span as it is shown. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the root of a trace. */
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** As OTLP counts: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly service: string;
  /** Milliseconds since 1970, with fractions. */
  readonly startMillis: number;
  readonly durationMillis: number;
  readonly isFailed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}
