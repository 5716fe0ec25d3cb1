import type { Attributes } from '@opentelemetry/api';
import type { InstrumentKind } from '@otel-monitor/semconv';

/**
 * Node keeps messages whose `cmd` begins with `NODE_` from listeners of `message`: they are `internalMessage`, which each
 * of its own listeners takes for somebody else's.
 */
export const COMMAND = 'NODE_OTEL_MONITOR';
/** Of the form of the messages: who speaks another one is not understood. */
export const VERSION = 1;

/** A kind of a wire instrument: whether a sum is observed makes no difference to who adds up. */
export type WireKind = Exclude<InstrumentKind, 'observable_counter' | 'observable_up_down_counter'>;

/** An instrument that a worker has recorded on; sent once, before its first series. */
export interface WireInstrument {
  readonly id: number;
  readonly scope: { readonly name: string; readonly version?: string; readonly schemaUrl?: string };
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: WireKind;
  /** Of a histogram: its boundaries; `exponential`: it has none. */
  readonly buckets?: readonly number[] | 'exponential';
}

/** A series; sent once, before its first value. `startMillis`: since the epoch. */
export type WireSeries = readonly [id: number, instrument: number, startMillis: number, attributes: Attributes];

/** JSON has neither NaN nor infinities: what is none of its numbers is null. */
export type WireNumber = number | null;

/** The id of a series, and its total as `wireValue` writes it. */
export type WireValue = readonly WireNumber[];

/** The id of a series, bucket, value, milliseconds since the epoch, the six words of the ids. */
export type WireExemplar = readonly number[];

/** Some of what has changed: totals, not differences, so that what is taken twice counts once. */
export interface Part {
  readonly instruments: readonly WireInstrument[];
  readonly series: readonly WireSeries[];
  /** Series that were begun anew since their last value: the one they have now is all new. */
  readonly restarted: readonly number[];
  readonly values: readonly WireValue[];
  readonly exemplars: readonly WireExemplar[];
  /** Series that are not given out any more. */
  readonly gone: readonly number[];
}

/** A component as a worker reports it; more fields than these pass as they are. */
export interface WireComponent {
  readonly name: string;
  readonly status: string;
}

/** How a worker is. */
export interface WireHealth {
  readonly status: string;
  readonly isReady: boolean;
  readonly isStarted: boolean;
  readonly components: readonly WireComponent[];
}

/**
 * Some entries of one state, as the text of a JSON list: it is read when the last of them is there, and until then it is held
 * as small as it is.
 */
export interface ToldPart {
  /** The state's name. */
  readonly state: string;
  readonly stateVersion: number;
  readonly entries: string;
}

/** What is not in an answer. */
export interface ToldGaps {
  /** Ids of those that have not answered in time, or will not. */
  readonly missing: readonly string[];
  /** Entries that had no room. */
  readonly leftOut: number;
}

/** The epoch of what a worker tells that ends before anybody has answered it: all that it has. */
export const UNANSWERED = '';

/** From a worker to its primary. */
export type FromWorker =
  /** It is there and may be asked. `session` is another one for each start of monitoring in it. */
  | { readonly kind: 'hello'; readonly id: string; readonly session: string }
  | ({ readonly kind: 'part'; readonly epoch: string } & Part)
  /** The end of an answer. */
  | { readonly kind: 'done'; readonly epoch: string; readonly round: number; readonly health?: WireHealth }
  /** `waits`: it says more when it is told to. */
  | ({ readonly kind: 'kept'; readonly epoch: string; readonly round: number; readonly waits: boolean } & ToldPart)
  /** The end of what is kept. */
  | ({ readonly kind: 'told'; readonly epoch: string; readonly round: number } & ToldGaps)
  /** It will say no more. */
  | { readonly kind: 'bye' };

/** From a primary to its workers. */
export type FromPrimary =
  /** Who is there? */
  | { readonly kind: 'who' }
  /** The answer to `hello`: what is to be told at the end goes to this epoch. */
  | { readonly kind: 'welcome'; readonly epoch: string }
  /** Say what has changed since the last time; all, when the epoch is another one. */
  | { readonly kind: 'ask'; readonly epoch: string; readonly round: number }
  /** Say all that you keep beside metrics: error groups, usage. An earlier release does not know the question, and is missing. */
  | { readonly kind: 'tell'; readonly epoch: string; readonly round: number }
  /** Go on: what was said has been read. */
  | { readonly kind: 'more'; readonly epoch: string; readonly round: number };
