import type { AttributeValue } from '@opentelemetry/api';
import { cutText, OVERLAP } from './cut-text.js';
import { runtimeState, type TextRedactor } from './state.js';

/** Keys and, of each, clean values that are known again. What was redacted is never kept. */
const MAX_KEPT = 2000;
/** Longer text is looked at each time. */
const MAX_KEPT_LENGTH = 128;
/** What leaves where the policy itself fails. */
const UNREADABLE = '[redacted]';

/** In the place of a key, which is never empty, for names. */
const NAMES = '';
/** As in `GET /home`, the name of a span of HTTP. */
const METHOD_AND_PATH = /^[A-Z]{3,10} \//;

interface KnownKey {
  readonly name: string;
  /** Text that was found clean under it. */
  readonly clean: Set<string>;
}

/** A power of two. */
const SLOTS = 256;
/** Clean keys by `slotOf`, the one seen last in each. */
const cleanKeys: (string | undefined)[] = new Array(SLOTS).fill(undefined);
const knownKeys = new Map<string, KnownKey>();
let kept = 0;
let knownTo: TextRedactor | undefined;

/**
 * The attributes as they may leave, where somebody else recorded them: keys and values by the policy in force. The same
 * object when nothing is to be redacted; the given one is never changed. Total on any input.
 */
export function redactAttributes<T extends object>(attributes: T): T {
  const redactor = runtimeState.redactor;
  if (redactor === undefined) return attributes;
  let copy: Record<string, unknown> | undefined;
  try {
    for (const key in attributes) {
      const value: unknown = attributes[key];
      const known = knownKey(redactor, key);
      const redacted = redactUnder(redactor, known, key, value);
      if (copy === undefined) {
        if (redacted === value && known.name === key) continue;
        copy = fieldsBefore(attributes, key);
      }
      put(copy, known.name, redacted);
    }
  } catch {
    // a getter or a proxy that throws: what could not be looked at does not leave
    runtimeState.droppedAttributes += 1;
    copy ??= {};
  }
  return (copy ?? attributes) as T;
}

/** An attribute's key as it may leave; one that is a secret itself is redacted as text. */
export function redactKey(key: string): string {
  const redactor = runtimeState.redactor;
  if (redactor === undefined) return key;
  const slot = slotOf(key);
  if (redactor === knownTo && cleanKeys[slot] === key) return key;
  const { name } = knownKey(redactor, key);
  if (name === key && key.length <= MAX_KEPT_LENGTH) cleanKeys[slot] = key;
  return name;
}

/** Keys are constants of the program, and few: most are found here, without the hash that a map takes. */
function slotOf(key: string): number {
  const { length } = key;
  return (length * 31 + key.charCodeAt(0) * 7 + key.charCodeAt(length - 1)) & (SLOTS - 1);
}

/**
 * A name of a span or an event as it may leave. What follows an HTTP method is the path of a URL, in which a folder named
 * `home` is nobody's. Total on any input.
 */
export function redactName(given: unknown): string {
  let name: string;
  try {
    name = String(given);
  } catch {
    return UNREADABLE;
  }
  const { redactor, attributeValueLength } = runtimeState;
  if (redactor === undefined) return cutText(name, attributeValueLength);
  const known = knownKey(redactor, NAMES);
  if (known.clean.has(name)) return name;
  const redacted = cutText(redactNameBy(redactor, cutText(name, attributeValueLength + OVERLAP)), attributeValueLength);
  if (redacted === name) keep(known, name);
  return redacted;
}

function redactNameBy(redactor: TextRedactor, name: string): string {
  try {
    const path = METHOD_AND_PATH.exec(name)?.[0].length;
    if (path === undefined || redactor.redactUrl === undefined) return redactor.redactText(name);
    return name.slice(0, path - 1) + redactor.redactUrl(name.slice(path - 1));
  } catch {
    return UNREADABLE;
  }
}

/** One attribute's value as it may leave, under the key that it was given with. Total on any input. */
export function redactAttribute(key: string, value: AttributeValue): AttributeValue {
  const redactor = runtimeState.redactor;
  if (redactor === undefined) return value;
  return redactUnder(redactor, knownKey(redactor, key), key, value) as AttributeValue;
}

function redactUnder(redactor: TextRedactor, known: KnownKey, key: string, value: unknown): unknown {
  if (typeof value === 'string' && known.clean.has(value)) return value;
  let redacted: unknown;
  try {
    redacted = redactor.redactValue(key, value);
  } catch {
    return UNREADABLE;
  }
  if (redacted === value && typeof value === 'string') keep(known, value);
  return redacted;
}

function keep(known: KnownKey, clean: string): void {
  if (clean.length > MAX_KEPT_LENGTH) return;
  known.clean.add(clean);
  grown();
}

function knownKey(redactor: TextRedactor, key: string): KnownKey {
  if (redactor !== knownTo) {
    forget();
    cleanKeys.fill(undefined);
    knownTo = redactor;
  }
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  let name: string;
  try {
    name = redactor.redactText(key);
  } catch {
    name = UNREADABLE;
  }
  const fresh: KnownKey = { name, clean: new Set() };
  if (name === key && key.length <= MAX_KEPT_LENGTH) {
    grown();
    knownKeys.set(key, fresh);
  }
  return fresh;
}

/** Bounded by beginning anew: what comes often is soon known again. */
function grown(): void {
  kept += 1;
  if (kept > MAX_KEPT) forget();
}

function forget(): void {
  knownKeys.clear();
  kept = 0;
}

function fieldsBefore(attributes: object, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key in attributes) {
    if (key === end) break;
    copy[key] = (attributes as Record<string, unknown>)[key];
  }
  return copy;
}

/** Two keys may come out as one: the first stays, and the other is counted. */
function put(copy: Record<string, unknown>, key: string, value: unknown): void {
  if (Object.hasOwn(copy, key)) runtimeState.droppedAttributes += 1;
  else copy[key] = value;
}
