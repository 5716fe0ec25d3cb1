import type fs from 'node:fs/promises';
import type path from 'node:path';
import { inSlices } from './in-slices.js';
import { SourceMap } from './source-map.js';

/** Largest file, and largest map, that is read, in bytes. */
const MAX_SIZE = 32 * 1024 * 1024;
const COMMENT = 'sourceMappingURL=';
/** Characters of base64 that are decoded in one go: a number that four divides. */
const PART = 256 * 1024;
const MAX_URL = 2048;

/**
 * Reads the source map of a file that runs: the one that its last `sourceMappingURL` comment names, beside it on disk or
 * within it. Undefined without one, and for one that is too large or of another kind. Nothing takes more than some 2 ms of
 * the event loop at a time; rejects when a file cannot be read.
 */
export async function readSourceMap(file: string): Promise<SourceMap | undefined> {
  const { dirname, resolve } = process.getBuiltinModule('node:path') as typeof path;
  const bytes = await readBounded(file);
  if (bytes === undefined) return undefined;
  const url = await inSlices(findUrl(bytes));
  if (url === undefined) return undefined;
  let json: Buffer | undefined;
  let folder = dirname(file);
  if (url.isInline) json = await inSlices(decodeBase64(bytes, url.start, url.end));
  else {
    const place = localPath(bytes.toString('utf8', url.start, url.end));
    if (place === undefined) return undefined;
    const mapFile = resolve(folder, place);
    json = await readBounded(mapFile);
    folder = dirname(mapFile);
  }
  if (json === undefined) return undefined;
  const absolute = (source: string) => (hasScheme(source) ? source : resolve(folder, source));
  return inSlices(SourceMap.read(json, bytes, absolute));
}

async function readBounded(file: string): Promise<Buffer | undefined> {
  const { stat, readFile } = process.getBuiltinModule('node:fs/promises') as typeof fs;
  const found = await stat(file);
  if (!found.isFile() || found.size > MAX_SIZE || found.size === 0) return undefined;
  return readFile(file);
}

interface MapUrl {
  readonly start: number;
  readonly end: number;
  /** A data: URL; then start and end are those of its base64. */
  readonly isInline: boolean;
}

/** Looks for the last comment that names a map, from the end. */
function* findUrl(bytes: Buffer): Generator<void, MapUrl | undefined> {
  let found = -1;
  for (let end = bytes.length; end > 0 && found === -1; end -= PART) {
    const start = Math.max(0, end - PART - COMMENT.length);
    const at = bytes.subarray(start, end).lastIndexOf(COMMENT);
    if (at !== -1) found = start + at;
    yield;
  }
  if (
    found === -1 ||
    bytes[found - 1] !== 32 ||
    !/\/[/*][#@] $/.test(bytes.toString('latin1', Math.max(0, found - 4), found))
  )
    return undefined;
  const start = found + COMMENT.length;
  let end = start;
  while (end < bytes.length && !isEnd(bytes[end] as number)) {
    end += 1;
    if (end % PART === 0) yield;
  }
  const beginning = bytes.toString('latin1', start, Math.min(end, start + 128));
  if (!beginning.startsWith('data:')) return end - start > MAX_URL ? undefined : { start, end, isInline: false };
  const comma = beginning.indexOf(';base64,');
  return comma === -1 ? undefined : { start: start + comma + ';base64,'.length, end, isInline: true };
}

function* decodeBase64(bytes: Buffer, start: number, end: number): Generator<void, Buffer> {
  const json = Buffer.allocUnsafe(Math.ceil(((end - start) * 3) / 4));
  let length = 0;
  for (let at = start; at < end; at += PART) {
    length += json.write(bytes.toString('latin1', at, Math.min(at + PART, end)), length, 'base64');
    yield;
  }
  return json.subarray(0, length);
}

function localPath(url: string): string | undefined {
  if (hasScheme(url)) return undefined;
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}

/** `webpack://`, `https:`; the letter of a drive is none. */
function hasScheme(url: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(url);
}

/** A space, a line feed, or the end of a comment. */
function isEnd(code: number): boolean {
  return code <= 32 || code === 42 || code === 39 || code === 34;
}
