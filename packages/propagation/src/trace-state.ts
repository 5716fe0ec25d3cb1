import type { TraceState } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import {
  cutMembers,
  isKey,
  isValue,
  readMembers,
  type TraceStateMembers,
  writeMembers,
} from './trace-state-members.js';

/** What a longer text holds is copied: parts of it would keep all of it alive for as long as a span lives. */
const SHORT = 512;

/**
 * The `tracestate` of a span context: immutable, never longer than what is sent (32 members, 512 characters), always valid.
 * What would make it invalid is ignored, as the specification wants it (OpenTelemetry, Trace API, "TraceState").
 */
export class TraceStateList implements TraceState {
  readonly #members: TraceStateMembers;
  #text: string | undefined;

  constructor(members: TraceStateMembers) {
    this.#members = cutMembers(members);
  }

  get(key: string): string | undefined {
    return this.#members.get(key);
  }

  /** A list with the member in front; this one when key or value are not valid. */
  set(key: string, value: string): TraceStateList {
    if (typeof key !== 'string' || typeof value !== 'string') return this;
    if (!isKey(key, 0, key.length) || !isValue(value, 0, value.length)) return this;
    const rest = new Map(this.#members);
    rest.delete(key);
    return new TraceStateList(new Map([[key, value], ...rest]));
  }

  unset(key: string): TraceStateList {
    if (!this.#members.has(key)) return this;
    const rest = new Map(this.#members);
    rest.delete(key);
    return new TraceStateList(rest);
  }

  serialize(): string {
    this.#text ??= writeMembers(this.#members);
    return this.#text;
  }
}

/** The list that a header holds; undefined when it is not valid, which is counted, or has no members. Never throws. */
export function readTraceState(header: string): TraceStateList | undefined {
  const members = readMembers(header);
  if (members === undefined) {
    runtimeState.droppedHeaders += 1;
    return undefined;
  }
  const carried = cutMembers(members);
  runtimeState.droppedHeaders += members.size - carried.size;
  if (carried.size === 0) return undefined;
  return new TraceStateList(header.length <= SHORT ? carried : readMembers(ownCopy(writeMembers(carried)))!);
}

/**
 * What is sent of a span context's `tracestate`, which may be anybody's: that of the API takes every text by `set`. Empty
 * when there is nothing, or nothing valid. Throws what the object throws.
 */
export function writeTraceState(state: TraceState): string {
  if (state instanceof TraceStateList) return state.serialize();
  const text: unknown = state.serialize();
  return typeof text === 'string' ? (readTraceState(text)?.serialize() ?? '') : '';
}

function ownCopy(ascii: string): string {
  return Buffer.from(ascii, 'latin1').toString('latin1');
}
