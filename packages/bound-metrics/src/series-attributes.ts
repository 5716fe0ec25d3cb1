import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';

const MAX_LENGTH = 256;
const MAX_ATTRIBUTES = 32;
const MAX_ITEMS = 32;
/** Stands for what no attribute can have as its value. */
const UNREADABLE = Symbol('unreadable');

/** Attributes that a series may have. */
export type CleanPair = readonly [key: string, value: AttributeValue];

/**
 * What may be kept of attributes, in their order: strings, finite numbers, booleans, and arrays of one of them. Text is
 * cut to 256 UTF-16 units; what is nothing of it, empty keys, longer keys and what is beyond 32 attributes are left out
 * and counted. Never throws.
 */
export function cleanPairs(attributes: unknown): CleanPair[] {
  const pairs: CleanPair[] = [];
  try {
    for (const key of Object.keys(attributes ?? {})) {
      const given = isUsableKey(key) ? readProperty(attributes, key) : UNREADABLE;
      // nothing is how a caller says that an attribute is not there
      if (given === undefined || given === null) continue;
      const value = pairs.length < MAX_ATTRIBUTES ? attributeValue(given) : undefined;
      if (value === undefined) runtimeState.droppedAttributes += 1;
      else pairs.push([key, value]);
    }
  } catch {
    // a proxy whose keys cannot be read: what was read until then is kept
    runtimeState.droppedAttributes += 1;
  }
  return pairs;
}

/** One text for all attributes that are the same series, in whatever order they are given. */
export function seriesKey(pairs: readonly CleanPair[]): string {
  return JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The attributes, frozen. Their text is a copy: a piece of a larger one would keep all of that in memory. */
export function frozenAttributes(pairs: readonly CleanPair[]): Attributes {
  const attributes = Object.fromEntries(JSON.parse(JSON.stringify(pairs)) as CleanPair[]);
  for (const value of Object.values(attributes)) Object.freeze(value);
  return Object.freeze(attributes);
}

function isUsableKey(key: string): boolean {
  return key.length > 0 && key.length <= MAX_LENGTH && key !== '__proto__';
}

function readProperty(attributes: unknown, key: string): unknown {
  try {
    return (attributes as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

function attributeValue(value: unknown): AttributeValue | undefined {
  try {
    return Array.isArray(value) ? array(value) : scalar(value);
  } catch {
    return undefined;
  }
}

function array(values: readonly unknown[]): AttributeValue | undefined {
  const items = values.slice(0, MAX_ITEMS).map(scalar);
  // the specification wants one kind in an array
  return items.every((item) => typeof item === typeof items[0] && item !== undefined) ? (items as string[]) : undefined;
}

function scalar(value: unknown): string | number | boolean | undefined {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_LENGTH ? value.slice(0, MAX_LENGTH) : value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString().slice(0, MAX_LENGTH);
    default:
      return undefined;
  }
}
