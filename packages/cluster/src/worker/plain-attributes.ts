import type { Attributes, AttributeValue } from '@opentelemetry/api';

const MAX_ATTRIBUTES = 64;
const MAX_TEXT = 1024;

/**
 * Attributes as they can be sent: text, numbers, truth values, and lists of them. The SDK keeps whatever it was given, and
 * a BigInt would end the process where it is written as JSON.
 */
export function plainAttributes(attributes: Attributes): Attributes {
  const plain: Attributes = {};
  try {
    for (const [key, value] of Object.entries(attributes).slice(0, MAX_ATTRIBUTES)) {
      const sent = Array.isArray(value) ? value.slice(0, MAX_ATTRIBUTES).map(scalar) : scalar(value);
      if (sent !== undefined && key.length <= MAX_TEXT) plain[key] = sent as AttributeValue;
    }
  } catch {
    // what can be read is enough
  }
  return plain;
}

function scalar(value: unknown): string | number | boolean | undefined {
  switch (typeof value) {
    case 'string':
      return value.slice(0, MAX_TEXT);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value).slice(0, MAX_TEXT);
    default:
      return undefined;
  }
}
