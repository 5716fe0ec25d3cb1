const DIGITS = /^\d{1,15}$/;

/** The size that a `Content-Length` header tells, in bytes; undefined when it tells none. */
export function contentLength(header: unknown): number | undefined {
  if (typeof header === 'number') return Number.isSafeInteger(header) && header >= 0 ? header : undefined;
  return typeof header === 'string' && DIGITS.test(header) ? Number(header) : undefined;
}

/** Bytes of a chunk as `write` takes it; 0 for anything else. */
export function chunkBytes(chunk: unknown, encoding: unknown): number {
  if (typeof chunk === 'string') {
    return Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined);
  }
  return chunk instanceof Uint8Array ? chunk.byteLength : 0;
}
