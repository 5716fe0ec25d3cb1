import { bigintText } from './bigint-text.js';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 32;

/**
 * JSON text of any value, at most about `limit` characters, in bounded time: depth, entries and text are cut, cycles
 * end at the depth, and what cannot be read says so. `visit` may replace a value by its key, and `visitKey` a key (for
 * redaction).
 */
export function boundedJson(
  value: unknown,
  limit: number,
  visit: (key: string, value: unknown) => unknown = (_key, seen) => seen,
  visitKey: (key: string) => string = (key) => key,
): string {
  let room = limit;

  const write = (key: string, given: unknown, depth: number): string => {
    if (room <= 0) return '"…"';
    const seen = visit(key, given);
    const text = scalar(seen, room) ?? (depth >= MAX_DEPTH ? '"…"' : composite(seen as object, depth));
    room -= text.length;
    return text;
  };

  const composite = (object: object, depth: number): string => {
    try {
      if (Array.isArray(object)) {
        const length = Math.min(object.length, MAX_ENTRIES);
        const items: string[] = [];
        for (let i = 0; i < length && room > 0; i += 1) items.push(write(String(i), object[i], depth + 1));
        if (object.length > length) items.push('"…"');
        return `[${items.join(',')}]`;
      }
      const fields: string[] = [];
      for (const key in object) {
        if (fields.length >= MAX_ENTRIES || room <= 0) {
          fields.push('"…":true');
          break;
        }
        const name = JSON.stringify(visitKey(key.slice(0, 128)));
        fields.push(`${name}:${write(key, read(object, key), depth + 1)}`);
      }
      return `{${fields.join(',')}}`;
    } catch {
      return '"[unreadable]"';
    }
  };

  return write('', value, 0);
}

function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}

function scalar(value: unknown, room: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > room ? `${value.slice(0, Math.max(0, room))}…` : value);
    case 'number':
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case 'boolean':
      return String(value);
    case 'bigint':
      return `"${bigintText(value)}"`;
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Date)
        return JSON.stringify(Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
      return undefined;
    case 'undefined':
      return 'null';
    default:
      return `"[${typeof value}]"`;
  }
}
