/**
 * The text of an attribute's value: strings as they are, all else as JSON, missing values empty, bytes in base64
 * (specification, "AnyValue representation for non-OTLP protocols"). Throws for what JSON cannot hold: circular
 * objects, getters that throw.
 */
export function labelValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      if (value === null) return '';
      if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
      return JSON.stringify(value, jsonMember) ?? '';
    default:
      return '';
  }
}

/** Keys in order, so that equal objects are equal labels; the Collector sorts them too. */
function jsonMember(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
