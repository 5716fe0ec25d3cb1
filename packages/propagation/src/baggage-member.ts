import { type BaggageEntry, baggageEntryMetadataFromString } from '@opentelemetry/api';
import { decodeValue, encodeOnce, encodeValue, isEncodedValue, isToken } from './baggage-octets.js';
import { withoutBlanks } from './optional-whitespace.js';

/** A member of a baggage-string: `key=value;property;property=value` (W3C Baggage, "Definition"). */
export interface BaggageMember {
  readonly key: string;
  readonly entry: BaggageEntry;
}

/** The member that the text holds; undefined when the text breaks the grammar. */
export function readMember(text: string): BaggageMember | undefined {
  const semicolon = text.indexOf(';');
  const { key, value } = keyAndValue(semicolon === -1 ? text : text.slice(0, semicolon));
  if (value === undefined || !isToken(key) || !isEncodedValue(value)) return undefined;
  const decoded = decodeValue(value);
  if (semicolon === -1) return { key, entry: { value: decoded } };
  const properties = text
    .slice(semicolon + 1)
    .split(';')
    .map((property) => readProperty(property));
  if (!properties.every((property) => property !== undefined)) return undefined;
  return { key, entry: { value: decoded, metadata: baggageEntryMetadataFromString(properties.join(';')) } };
}

/** A property as it is kept, without whitespace around its parts. */
function readProperty(text: string): string | undefined {
  const { key, value } = keyAndValue(text);
  if (!isToken(key)) return undefined;
  if (value === undefined) return key;
  return isEncodedValue(value) ? `${key}=${value}` : undefined;
}

/**
 * The member as text, undefined when its key is no token, it would be longer than `room`, or its parts cannot be read.
 * Metadata is somebody's free text: what of it makes no properties is not written.
 */
export function writeMember(key: string, { value, metadata }: BaggageEntry, room: number): string | undefined {
  try {
    const text = String(value);
    // encoded it will not be shorter
    if (key.length + 1 + text.length > room || !isToken(key)) return undefined;
    const properties = metadata === undefined ? '' : writeProperties(metadata.toString(), room);
    const member = `${key}=${encodeValue(text)}${properties}`;
    return member.length > room ? undefined : member;
  } catch {
    return undefined;
  }
}

function writeProperties(text: string, room: number): string {
  if (text.length > room) return '';
  let written = '';
  for (const property of text.split(';')) {
    const { key, value } = keyAndValue(property);
    if (isToken(key)) written += value === undefined ? `;${key}` : `;${key}=${encodeOnce(value)}`;
  }
  return written;
}

function keyAndValue(text: string): { key: string; value: string | undefined } {
  const equals = text.indexOf('=');
  if (equals === -1) return { key: withoutBlanks(text), value: undefined };
  return { key: withoutBlanks(text.slice(0, equals)), value: withoutBlanks(text.slice(equals + 1)) };
}
