import type { TextMapGetter } from '@opentelemetry/api';

/**
 * What a carrier holds under a key, read from whatever its getter gives. Of a header that came more than once Node gives
 * an array, or one text joined by commas; a getter of messages may give anything.
 */

/** All values as the one list that they are (RFC 9110, section 5.3). */
export function joinedValue<Carrier>(
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
  key: string,
): string | undefined {
  const value: unknown = getter.get(carrier, key);
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((each) => typeof each === 'string');
  return texts.length === 0 ? undefined : texts.join(',');
}

/** The first of several values, without whitespace around it. */
export function firstValue<Carrier>(carrier: Carrier, getter: TextMapGetter<Carrier>, key: string): string | undefined {
  const value: unknown = getter.get(carrier, key);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first.split(',', 1)[0]!.trim() : undefined;
}
