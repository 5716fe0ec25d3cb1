import { chunkBytes } from '../../body-size.js';

type Write = (this: unknown, chunk?: unknown, encoding?: unknown, callback?: unknown) => unknown;

/** An answer's stream, as far as its bytes are counted. */
export interface WritableBody {
  write: unknown;
  end: unknown;
  [WRITTEN]?: number;
}

/** Bytes of the body that were handed to `write`, and to `end` after a `write`. */
const WRITTEN: unique symbol = Symbol('otel-monitor.http.written');

/**
 * Counts the bytes that are written in more than one piece: of those nobody else tells the sum. What is handed to `end`
 * alone has a `Content-Length`.
 */
export function countWrites(body: WritableBody): void {
  // where somebody has put a `write` of his own there, his stays
  if (!Object.hasOwn(body, 'write')) body.write = countedWrite;
}

/** The sum so far; undefined when nothing was written by `write`. */
export function writtenBytes(body: WritableBody): number | undefined {
  return body[WRITTEN];
}

function countedWrite(this: WritableBody, chunk: unknown, encoding: unknown, callback: unknown): unknown {
  if (this[WRITTEN] === undefined) {
    this[WRITTEN] = 0;
    // only now: most answers are one `end`. Somebody may have put an `end` of his own there, which stays underneath.
    const end = this.end as Write;
    this.end = function countedEnd(this: WritableBody, ...args: unknown[]): unknown {
      count(this, args[0], args[1]);
      return Reflect.apply(end, this, args);
    };
  }
  count(this, chunk, encoding);
  return ofPrototype(this, 'write').call(this, chunk, encoding, callback);
}

function count(body: WritableBody, chunk: unknown, encoding: unknown): void {
  body[WRITTEN] = (body[WRITTEN] ?? 0) + chunkBytes(chunk, encoding);
}

function ofPrototype(body: object, name: 'write' | 'end'): Write {
  return (Object.getPrototypeOf(body) as Record<string, Write>)[name] as Write;
}
