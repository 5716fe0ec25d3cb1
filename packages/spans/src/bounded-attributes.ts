import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { isAttributeValue } from '@opentelemetry/core';

/** Attributes held to limits, and how many found no room. */
export interface BoundedAttributes {
  readonly attributes: Attributes;
  readonly count: number;
  readonly dropped: number;
}

/** Keeps what the specification allows and the limits leave room for (Common, "Attribute Limits"). Total on any input. */
export function boundAttributes(given: unknown, countLimit: number, lengthLimit: number): BoundedAttributes {
  const attributes: Attributes = {};
  let count = 0;
  let dropped = 0;
  if (typeof given !== 'object' || given === null) return { attributes, count, dropped };
  try {
    for (const [key, value] of Object.entries(given)) {
      if (key === '' || value === null || value === undefined || !isAttributeValue(value)) continue;
      if (count >= countLimit) {
        dropped += 1;
        continue;
      }
      attributes[key] = boundValue(value, lengthLimit);
      count += 1;
    }
  } catch {
    // a getter that throws: what was read until then is kept
  }
  return { attributes, count, dropped };
}

/** The value with its text cut; arrays are copied, so that nobody changes them later. */
export function boundValue(value: AttributeValue, lengthLimit: number): AttributeValue {
  if (typeof value === 'string') return cut(value, lengthLimit);
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' ? cut(item, lengthLimit) : item)) as AttributeValue;
}

function cut(text: string, limit: number): string {
  return text.length > limit ? text.slice(0, limit) : text;
}
