import { crc32Hex } from './crc32.js';

/** Longest line that is written or read, in bytes: one entry of a state is far below. */
export const MAX_LINE_BYTES = 1_048_576;

const NEWLINE = 0x0a;
/** Eight digits of the CRC, a space, at most eight of the length, a space. */
const MAX_PREFIX = 18;
const PREFIX = /^([\da-f]{8}) (0|[1-9]\d{0,7}) /;

/** A line that was read, and where the next one begins. */
export interface ReadLine {
  readonly record: unknown;
  readonly end: number;
}

/** Why no line could be read at an offset. `torn`: the file ends within it. */
export interface BadLine {
  readonly bad: 'torn' | 'damaged';
}

/** One record as a line: CRC-32 and length of the JSON text, then the text. Undefined: too long. */
export function encodeLine(json: string): Buffer | undefined {
  const text = Buffer.from(json);
  if (text.length > MAX_LINE_BYTES) return undefined;
  return Buffer.concat([Buffer.from(`${crc32Hex(text)} ${text.length} `), text, Buffer.of(NEWLINE)]);
}

/** Reads the line that begins at `start`. Total on any bytes. */
export function decodeLine(bytes: Buffer, start: number): ReadLine | BadLine {
  const prefix = PREFIX.exec(bytes.toString('latin1', start, start + MAX_PREFIX));
  // whatever is shorter than a prefix may be the beginning of one
  if (prefix === null) return { bad: bytes.length - start < MAX_PREFIX ? 'torn' : 'damaged' };
  const [whole, crc, digits] = prefix as unknown as [string, string, string];
  const from = start + whole.length;
  const length = Number(digits);
  const to = from + length;
  if (length > MAX_LINE_BYTES) return { bad: 'damaged' };
  if (to >= bytes.length) return { bad: 'torn' };
  const text = bytes.subarray(from, to);
  if (bytes[to] !== NEWLINE || crc32Hex(text) !== crc) return { bad: 'damaged' };
  try {
    return { record: JSON.parse(text.toString('utf8')) as unknown, end: to + 1 };
  } catch {
    return { bad: 'damaged' };
  }
}
