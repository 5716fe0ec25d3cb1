import type { AnyValue, AnyValueMap, LogAttributes, LogBody } from '@opentelemetry/api-logs';
import {
  cleanText,
  cutText,
  OVERLAP,
  redactAttribute,
  redactAttributes,
  redactKey,
  runtimeState,
} from '@otel-monitor/runtime';

/** Longest text of a log record's body, in UTF-16 units. */
const BODY_LENGTH = 65_536;
/** Most of one body or attribute that is made of others: values, levels, UTF-16 units of text together. */
const MAX_VALUES = 1024;
const MAX_DEPTH = 16;
const MAX_TEXT = 262_144;

/** The body of a log record as it may leave. One that is made of others is copied, within bounds. Total on any input. */
export function redactedBody(body: LogBody | undefined): LogBody | undefined {
  if (typeof body === 'string') return cleanText(body, BODY_LENGTH);
  return isComposite(body) ? new Redaction().under('', body, 0) : body;
}

/** The attributes of a log record as they may leave; unlike those of a span they may be made of others. */
export function redactedLogAttributes(attributes: LogAttributes): LogAttributes {
  for (const key in attributes) {
    if (isComposite(attributes[key])) return new Redaction().map(attributes as AnyValueMap, 0) as LogAttributes;
  }
  return redactAttributes(attributes);
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** One walk over a value: what it returns is a copy, so that nothing in it changes between this look and the writing. */
class Redaction {
  #values = MAX_VALUES;
  #text = MAX_TEXT;

  under(key: string, value: AnyValue, depth: number): AnyValue {
    this.#values -= 1;
    if (typeof value === 'string') return this.#cut(key, value);
    if (!isComposite(value)) return isScalar(value) ? (redactAttribute(key, value) as AnyValue) : value;
    const kept = redactAttribute(key, '');
    if (kept !== '') return kept as string;
    if (value instanceof Uint8Array) return this.#bytes(value);
    if (depth >= MAX_DEPTH) return dropped();
    return Array.isArray(value) ? this.#list(key, value, depth + 1) : this.map(value as AnyValueMap, depth + 1);
  }

  map(given: AnyValueMap, depth: number): AnyValueMap {
    const copy: AnyValueMap = {};
    for (const key of Object.keys(given)) {
      const name = redactKey(key);
      if (!this.#hasRoom() || Object.hasOwn(copy, name) || name === '__proto__') dropped();
      else copy[name] = this.under(key, given[key], depth);
    }
    return copy;
  }

  #list(key: string, given: readonly AnyValue[], depth: number): AnyValue[] {
    const copy: AnyValue[] = [];
    for (const item of given) {
      if (!this.#hasRoom()) {
        dropped();
        break;
      }
      copy.push(this.under(key, item, depth));
    }
    return copy;
  }

  /** Bytes may be text, and text may hold a secret: then what is left of it goes in their place. */
  #bytes(bytes: Uint8Array): AnyValue {
    const short = bytes.length > BODY_LENGTH ? bytes.subarray(0, BODY_LENGTH) : bytes;
    this.#text -= short.length;
    const text = new TextDecoder().decode(short);
    const clean = cleanText(text, BODY_LENGTH);
    return clean === text ? new Uint8Array(short) : clean;
  }

  #cut(key: string, text: string): string {
    const limit = Math.max(0, Math.min(runtimeState.attributeValueLength, this.#text));
    const clean = cutText(String(redactAttribute(key, cutText(text, limit + OVERLAP))), limit);
    this.#text -= clean.length;
    return clean;
  }

  #hasRoom(): boolean {
    return this.#values > 0 && this.#text > 0;
  }
}

function isScalar(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** What finds no room is counted. */
function dropped(): undefined {
  runtimeState.droppedAttributes += 1;
  return undefined;
}
