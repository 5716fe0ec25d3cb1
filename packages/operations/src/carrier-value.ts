import { types } from 'node:util';

/** Most of one value that is read, in bytes or UTF-16 units: more than any propagator takes. */
const MAX_LENGTH = 16_384;
/** Most values of a name that stands more than once. */
const MAX_VALUES = 64;

/** The text of a carrier's value: text, bytes in UTF-8, or a list of them; undefined for anything else. */
export function carrierValue(value: unknown): string | string[] | undefined {
  if (!Array.isArray(value)) return textOf(value);
  const texts: string[] = [];
  for (let index = 0; index < value.length && index < MAX_VALUES; index += 1) {
    const text = textOf(value[index]);
    if (text !== undefined) texts.push(text);
  }
  return texts.length > 1 ? texts : texts[0];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.length > MAX_LENGTH ? value.slice(0, MAX_LENGTH) : value;
  if (!types.isUint8Array(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, MAX_LENGTH)).toString('utf8');
}
