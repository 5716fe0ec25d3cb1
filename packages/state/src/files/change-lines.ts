import type { StateEntry } from '@otel-monitor/runtime';
import { goneLine, jsonOf, patchLine, wholeLine } from './entry-line.js';
import { isEmpty, type Patch, patchBetween } from './patch.js';

/** An entry that is shorter, in UTF-16 units, is written whole. */
const PATCHED_FROM = 512;
/** A patch that is longer than this share of the whole is not worth it. */
const WORTH_IT = 0.7;
/** Entries whose last text is remembered, and how much text in all. */
const MOST_REMEMBERED = 256;
const MOST_TEXT = 2_000_000;

/**
 * Lines for a journal: what changes again and again, a group in a storm of errors, is written as what differs from the line
 * before. One for each journal, as patches build on its lines.
 */
export class ChangeLines {
  readonly #texts = new Map<string, string>();
  #textLength = 0;

  /** What the texts that are remembered hold, in bytes; an estimate. */
  get memoryBytes(): number {
    return 2 * this.#textLength;
  }

  /** The line of a change; an empty one: it is none; undefined: it cannot be written. */
  line([key, value]: StateEntry): Buffer | undefined {
    const before = this.#forget(key);
    if (value === undefined) return goneLine(key);
    const json = jsonOf(value);
    if (json === undefined) return undefined;
    if (json === before) {
      this.#remember(key, json);
      return Buffer.alloc(0);
    }
    const line = this.#patch(key, before, json) ?? wholeLine(key, json);
    if (line !== undefined && json.length >= PATCHED_FROM) this.#remember(key, json);
    return line;
  }

  #patch(key: string, before: string | undefined, json: string): Buffer | undefined {
    if (before === undefined) return undefined;
    let patch: Patch | undefined;
    try {
      patch = patchBetween(JSON.parse(before), JSON.parse(json));
    } catch {
      // too deep to be compared
      return undefined;
    }
    if (patch === undefined) return undefined;
    if (isEmpty(patch)) return Buffer.alloc(0);
    const line = patchLine(key, patch);
    return line !== undefined && line.length < WORTH_IT * json.length ? line : undefined;
  }

  #forget(key: string): string | undefined {
    const text = this.#texts.get(key);
    if (text !== undefined) {
      this.#texts.delete(key);
      this.#textLength -= text.length;
    }
    return text;
  }

  #remember(key: string, text: string): void {
    this.#texts.set(key, text);
    this.#textLength += text.length;
    // the least recently changed leaves first
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_REMEMBERED && this.#textLength <= MOST_TEXT) break;
      this.#forget(oldest);
    }
  }
}
