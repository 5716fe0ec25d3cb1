import type { Findings } from '../findings.js';
import { shownKey } from '../found.js';
import { nearestName } from '../nearest-name.js';
import { toCamelCase, toSnakeCase } from '../schema/key-spelling.js';
import type { Schema } from '../schema/schema.js';
import { shapeOf } from '../schema/shape.js';
import { copyData, isPlainObject, put, unusable } from './plain-data.js';

/** A source as it is read: what its keys look like and what it is called. */
export interface Origin {
  readonly source: string;
  readonly spelling: 'snake_case' | 'camelCase';
  /** Key of the object that holds the settings, for messages: `monitoring` or nothing. */
  readonly prefix: readonly string[];
}

/** The settings of one source as plain data in camelCase, and how each path was written. */
export interface Normalized {
  readonly data: unknown;
  readonly written: ReadonlyMap<string, readonly PropertyKey[]>;
}

const MAX_ITEMS = 1_001;

/**
 * Copies what a source gave along the schema: keys in either spelling become camelCase, null and undefined are as if
 * the key were not there, a key that nobody knows is a warning with the nearest name. Total on any input.
 */
export function normalize(schema: Schema, given: unknown, origin: Origin, findings: Findings): Normalized {
  const walk = new Walk(origin, findings);
  return { data: walk.value(schema, given, [], origin.prefix), written: walk.written };
}

class Walk {
  readonly written = new Map<string, readonly PropertyKey[]>();

  constructor(
    private readonly origin: Origin,
    private readonly findings: Findings,
  ) {}

  value(schema: Schema, given: unknown, path: readonly string[], written: readonly PropertyKey[]): unknown {
    this.written.set(path.join('.'), written);
    try {
      return this.read(schema, given, path, written);
    } catch {
      return unusable('something that cannot be read');
    }
  }

  private read(schema: Schema, given: unknown, path: readonly string[], written: readonly PropertyKey[]): unknown {
    if (typeof given !== 'object' || given === null) return given;
    const { keys, items, open, isFree } = shapeOf(schema);
    if (isFree) return Array.isArray(given) ? [] : copyData(given);
    if (Array.isArray(given)) {
      if (items === undefined) return [];
      return given
        .slice(0, MAX_ITEMS)
        .map((item: unknown, index) => this.value(items, item, [...path, String(index)], [...written, index]));
    }
    if (!isPlainObject(given)) return unusable('an object of a class');
    if (keys !== undefined) return this.known(keys, open, given, path, written);
    return items === undefined ? {} : this.table(items, given, path, written);
  }

  private known(
    keys: Readonly<Record<string, Schema>>,
    open: boolean,
    given: Record<string, unknown>,
    path: readonly string[],
    written: readonly PropertyKey[],
  ): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    for (const key of Object.keys(given).slice(0, MAX_ITEMS)) {
      const name = Object.hasOwn(keys, key) ? key : toCamelCase(key);
      const schema = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (schema === undefined) {
        this.unknown(key, keys, written);
        if (open) put(data, key, copyData(given[key]));
        continue;
      }
      const value = given[key];
      if (value === null || value === undefined) continue;
      if (Object.hasOwn(data, name)) this.twice([...written, key]);
      else data[name] = this.value(schema, value, [...path, name], [...written, key]);
    }
    return data;
  }

  private table(
    schema: Schema,
    given: Record<string, unknown>,
    path: readonly string[],
    written: readonly PropertyKey[],
  ): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    for (const key of Object.keys(given).slice(0, MAX_ITEMS)) {
      const value = given[key];
      if (value === null || value === undefined) continue;
      put(data, key, this.value(schema, value, [...path, key], [...written, key]));
    }
    return data;
  }

  private unknown(key: string, keys: object, written: readonly PropertyKey[]): void {
    // an editor's reference to the JSON Schema
    if (key === '$schema' && written.length === this.origin.prefix.length) return;
    const nearest = nearestName(toCamelCase(key), Object.keys(keys));
    const known = nearest !== undefined && this.origin.spelling === 'snake_case' ? toSnakeCase(nearest) : nearest;
    const hint = known === undefined ? '' : `, did you mean ${known}?`;
    this.findings.warn(`unknown key ${pathText([...written, key])} (${this.origin.source})${hint}`);
  }

  private twice(written: readonly PropertyKey[]): void {
    this.findings.warn(`${pathText(written)} is given in two spellings, the first one counts (${this.origin.source})`);
  }
}

/** A path for people: `alerts.rules[0].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += (text === '' ? '' : '.') + shownKey(String(segment));
  }
  return text;
}
