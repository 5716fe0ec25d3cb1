/**
 * From text to what the schema judges. Text that is not of the kind stays text, so that the schema's "expected …" is
 * what the reader of the error sees.
 */

export function asNumber(text: string): unknown {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

export function asFlag(text: string): unknown {
  const word = text.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  return text;
}

export function asLowerCase(text: string): string {
  return text.toLowerCase();
}

/** Items between commas, trimmed, empty ones left out. */
export function asList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** One `key=value` of a list as baggage writes it, decoded; undefined when it is none. */
export function asPair(item: string): [key: string, value: string] | undefined {
  const equals = item.indexOf('=');
  if (equals < 1) return undefined;
  try {
    return [decodeURIComponent(item.slice(0, equals).trim()), decodeURIComponent(item.slice(equals + 1).trim())];
  } catch {
    return undefined;
  }
}
