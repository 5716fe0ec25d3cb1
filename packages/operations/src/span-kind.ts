import { SpanKind } from '@opentelemetry/api';

/** What an operation is in the traffic between services (specification, Trace API, "SpanKind"). */
export type OperationKindName = 'internal' | 'producer' | 'consumer' | 'client' | 'server';

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<OperationKindName, SpanKind>([
  ['producer', SpanKind.PRODUCER],
  ['consumer', SpanKind.CONSUMER],
  ['client', SpanKind.CLIENT],
  ['server', SpanKind.SERVER],
]);

/** The API's kind of a name; a name that is none is internal. */
export function spanKind(name: unknown): SpanKind {
  return KINDS.get(name) ?? SpanKind.INTERNAL;
}
