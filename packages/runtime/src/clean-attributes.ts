import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { bigintText } from './bigint-text.js';
import { boundedJson } from './bounded-json.js';
import { cutText, OVERLAP } from './cut-text.js';
import { redactKey } from './redact-recorded.js';
import { type RuntimeState, runtimeState } from './state.js';

/** Longest value of a dimension; what goes on a metric is few and short. */
const DIMENSION_LENGTH = 256;
const MAX_DIMENSIONS = 16;
const MAX_KEY_LENGTH = 256;
const MAX_ARRAY = 128;

/** Dimensions as attributes for metric and span: scalars only, cut, redacted. Total on any input. */
export function cleanDimensions(given: unknown): Attributes {
  return clean(given, MAX_DIMENSIONS, DIMENSION_LENGTH, false);
}

/** Details as attributes for span and log record: cut, redacted, objects as bounded JSON. Total on any input. */
export function cleanDetails(given: unknown): Attributes {
  return clean(given, runtimeState.attributeCount, runtimeState.attributeValueLength, true);
}

/** One detail's value, to be set under `redactKey(key)`; undefined when there is nothing to set. Total on any input. */
export function cleanDetail(key: unknown, value: unknown): AttributeValue | undefined {
  if (!isUsableKey(key)) {
    runtimeState.droppedAttributes += 1;
    return undefined;
  }
  return cleanValue(key, value, runtimeState.attributeValueLength, true);
}

/** A name of the application (operation, feature, component …): text, cut, redacted; `unnamed` when there is none. */
export function cleanName(given: unknown): string {
  if (typeof given !== 'string')
    return given == null ? 'unnamed' : cleanText(safeText(given), DIMENSION_LENGTH) || 'unnamed';
  if (given.length === 0) return 'unnamed';
  return cleanText(given, DIMENSION_LENGTH);
}

/** Text with secrets taken out and cut to `limit`. Total on any text. */
export function cleanText(text: string, limit: number = runtimeState.attributeValueLength): string {
  const redactor = runtimeState.redactor;
  if (redactor === undefined) return cutText(text, limit);
  try {
    return cutText(redactor.redactText(cutText(text, limit + OVERLAP)), limit);
  } catch {
    // a rule of the user that throws must not let the text leave
    return '[redacted]';
  }
}

/** The same for a URL or a part of one, in whose path a folder named `home` is nobody's. */
export function cleanUrl(url: string, limit: number = runtimeState.attributeValueLength): string {
  const redactor = runtimeState.redactor;
  if (redactor?.redactUrl === undefined) return cleanText(url, limit);
  try {
    return cutText(redactor.redactUrl(cutText(url, limit + OVERLAP)), limit);
  } catch {
    return '[redacted]';
  }
}

function clean(given: unknown, maxCount: number, maxLength: number, composite: boolean): Attributes {
  const result: Attributes = {};
  if (typeof given !== 'object' || given === null) return result;
  let count = 0;
  try {
    for (const key in given) {
      if (count >= maxCount) {
        runtimeState.droppedAttributes += 1;
        break;
      }
      if (!isUsableKey(key)) {
        runtimeState.droppedAttributes += 1;
        continue;
      }
      const value = cleanValue(key, readProperty(given, key), maxLength, composite);
      if (value === undefined) continue;
      result[redactKey(key)] = value;
      count += 1;
    }
  } catch {
    // a proxy whose keys cannot be read: what was read until then is kept
    runtimeState.droppedAttributes += 1;
  }
  return result;
}

function isUsableKey(key: unknown): key is string {
  return typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY_LENGTH && key !== '__proto__';
}

function readProperty(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    runtimeState.droppedAttributes += 1;
    return undefined;
  }
}

function cleanValue(key: string, value: unknown, maxLength: number, composite: boolean): AttributeValue | undefined {
  switch (typeof value) {
    case 'number':
      return redactScalar(key, Number.isFinite(value) ? value : String(value), maxLength);
    case 'boolean':
      return redactScalar(key, value, maxLength);
    case 'string':
      return redactScalar(key, value, maxLength);
    case 'bigint':
      return redactScalar(key, bigintText(value), maxLength);
    case 'undefined':
      return undefined;
    case 'object':
      if (value === null) return undefined;
      break;
    default:
      runtimeState.droppedAttributes += 1;
      return undefined;
  }
  if (!composite) {
    runtimeState.droppedAttributes += 1;
    return undefined;
  }
  try {
    return cleanComposite(key, value as object, maxLength);
  } catch {
    runtimeState.droppedAttributes += 1;
    return undefined;
  }
}

function cleanComposite(key: string, value: object, maxLength: number): AttributeValue {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (Array.isArray(value) && value.length <= MAX_ARRAY) {
    const first = typeof value[0];
    if (
      (first === 'number' || first === 'boolean') &&
      value.every((item) => typeof item === first && !Number.isNaN(item))
    ) {
      return [...value] as number[] | boolean[];
    }
    if (value.every((item) => typeof item === 'string')) {
      return value.map((item: string) => String(redactScalar(key, item, maxLength)));
    }
  }
  const kept = redact(runtimeState, key, '');
  if (kept !== '') return kept;
  return boundedJson(
    value,
    maxLength,
    (inner, seen) =>
      typeof seen === 'string' || typeof seen === 'number' ? redactField(inner || key, seen, maxLength) : seen,
    redactKey,
  );
}

function redactScalar(key: string, value: string | number | boolean, maxLength: number): string | number | boolean {
  if (typeof value !== 'string' || value.length <= maxLength) return redact(runtimeState, key, value);
  return cutText(redact(runtimeState, key, cutText(value, maxLength + OVERLAP)), maxLength);
}

/** The same for a field within a value. */
function redactField(key: string, value: string | number, maxLength: number): string | number {
  const redactor = runtimeState.redactor;
  if (redactor?.redactField === undefined) return redactScalar(key, value, maxLength) as string | number;
  try {
    if (typeof value === 'number') return redactor.redactField(key, value);
    return cutText(redactor.redactField(key, cutText(value, maxLength + OVERLAP)), maxLength);
  } catch {
    return '[redacted]';
  }
}

function redact<T extends string | number | boolean>(state: RuntimeState, key: string, value: T): T | string {
  if (state.redactor === undefined) return value;
  try {
    return state.redactor.redactValue(key, value);
  } catch {
    return '[redacted]';
  }
}

function safeText(value: unknown): string {
  try {
    return String(value).slice(0, runtimeState.attributeValueLength);
  } catch {
    return '[unreadable]';
  }
}
