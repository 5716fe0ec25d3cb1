import { chunkBytes } from '../../body-size.js';

type Write = (this: unknown, chunk?: unknown, encoding?: unknown, callback?: unknown) => unknown;

/** A stream of HTTP/2, as far as its bytes are counted. */
export interface WritableBody {
  write: unknown;
  end: unknown;
  [WRITTEN]?: number;
}

/** Bytes of the body that were handed to `write`, and to `end` after a `write`. */
const WRITTEN: unique symbol = Symbol('otel-monitor.http.written');

/**
 * Counts the bytes of a stream of HTTP/2, whose class is Node's own. Both functions lie under whatever others put there
 * afterwards, as those who compress do.
 */
export function countWrites(body: WritableBody): void {
  // where somebody has put one of his own there, his stays
  if (Object.hasOwn(body, 'write') || Object.hasOwn(body, 'end')) return;
  body.write = countedWrite;
  body.end = countedEnd;
}

/** The sum so far; undefined when nothing was written by `write`. */
export function writtenBytes(body: WritableBody): number | undefined {
  return body[WRITTEN];
}

function countedWrite(this: WritableBody, chunk: unknown, encoding: unknown, callback: unknown): unknown {
  this[WRITTEN] = (this[WRITTEN] ?? 0) + chunkBytes(chunk, encoding);
  return ofPrototype(this, 'write').call(this, chunk, encoding, callback);
}

function countedEnd(this: WritableBody, chunk: unknown, encoding: unknown, callback: unknown): unknown {
  const written = this[WRITTEN];
  if (written !== undefined) this[WRITTEN] = written + chunkBytes(chunk, encoding);
  return ofPrototype(this, 'end').call(this, chunk, encoding, callback);
}

function ofPrototype(body: object, name: 'write' | 'end'): Write {
  return (Object.getPrototypeOf(body) as Record<string, Write>)[name] as Write;
}
