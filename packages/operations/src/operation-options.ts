import type { Context } from '@opentelemetry/api';
import type { OperationKindName } from './span-kind.js';

/** Values that may become dimensions: few and bounded. */
export type DimensionValue = string | number | boolean;

/** A span of another process or another time, whose trace an operation continues. */
export interface RemoteParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** W3C trace flags; 1 (the default) says sampled. */
  readonly traceFlags?: number;
}

/** What an operation follows from without being its child: a span by ids, by a `traceparent` header, or in a Context. */
export type OperationLink =
  | RemoteParent
  | string
  | Context
  | {
      readonly context: RemoteParent | string | Context;
      /** Details of the link. Secrets are taken out, long text is cut. */
      readonly attributes?: Readonly<Record<string, unknown>>;
    };

/** What may be said of an operation besides its name. */
export interface OperationOptions {
  /** Few and bounded: they go on the metric and the span. At most 16, 256 characters each. */
  readonly dimensions?: Readonly<Record<string, DimensionValue | undefined>>;
  /** Unbounded: they go on the span and on log records only. */
  readonly details?: Readonly<Record<string, unknown>>;
  /**
   * Continues another trace: ids, a `traceparent` header, or a Context. Left out, the operation is a child of the one
   * it runs in. One that is not valid starts a new trace.
   */
  readonly parent?: RemoteParent | string | Context;
  /**
   * What it follows from without being its child, such as the messages of a batch. Those that are not valid are left out;
   * 128 are kept.
   */
  readonly links?: readonly OperationLink[];
  /** What it is in the traffic between services; left out, or no such word: internal. It goes on the span only. */
  readonly kind?: OperationKindName;
  /**
   * Records the growth of the used heap, in bytes. Off unless the configuration turns it on for all. It is wrong under
   * concurrency: whatever else runs at the same time, and garbage collection, is counted too.
   */
  readonly measureMemory?: boolean;
}
