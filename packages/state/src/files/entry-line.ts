import { encodeLine } from './line.js';
import type { Patch } from './patch.js';

/** The JSON text of a value; undefined when it is no data, which its maker promised it to be. */
export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** An entry as a whole, given the JSON text of its value; undefined: too long. */
export function wholeLine(key: string, json: string): Buffer | undefined {
  return encodeLine(`["=",${JSON.stringify(key)},${json}]`);
}

/** An entry that is gone. */
export function goneLine(key: string): Buffer | undefined {
  return encodeLine(`["-",${JSON.stringify(key)}]`);
}

/** What has changed of an entry since the line before about it in the same file. */
export function patchLine(key: string, patch: Patch): Buffer | undefined {
  return encodeLine(`["~",${JSON.stringify(key)},${JSON.stringify(patch)}]`);
}

/** The line that ends a snapshot of so many entries. */
export function endLine(count: number): Buffer {
  return encodeLine(`["end",${count}]`) as Buffer;
}
