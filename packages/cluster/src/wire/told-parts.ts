import type { StateEntry, ToldState } from '@otel-monitor/runtime';
import type { ToldPart } from './message.js';

/** A message has some ten entries, which is a millisecond of work for who writes it and who reads it. */
const PART_CHARACTERS = 32_000;
/** An entry that is larger is left out; those of ours are half of it at most. */
const MAX_ENTRY_CHARACTERS = 64_000;
/** Longer than any part. */
export const MAX_PART_CHARACTERS: number = PART_CHARACTERS + MAX_ENTRY_CHARACTERS + 2;
/** Of all entries of one state: what else would be held by who asks many is more than a process should be asked for. */
const MAX_STATE_CHARACTERS = 8_000_000;

/**
 * All entries of states as parts to be sent, with undefined between them wherever others may have their turn.
 *
 * @param leftOut told of each entry that has no room
 */
export function* toldParts(
  states: readonly ToldState[],
  leftOut: () => void,
  mostCharacters: number = MAX_STATE_CHARACTERS,
): Generator<ToldPart | undefined, void> {
  for (const state of states) {
    let room = mostCharacters;
    let texts: string[] = [];
    let characters = 0;
    const part = (): ToldPart => ({
      state: state.name,
      stateVersion: state.version,
      entries: `[${texts.join()}]`,
    });
    for (const entry of state.entries(false)) {
      const text = textOf(entry);
      if (text === undefined || text.length > Math.min(room, MAX_ENTRY_CHARACTERS)) {
        leftOut();
        continue;
      }
      room -= text.length;
      texts.push(text);
      characters += text.length + 1;
      if (characters < PART_CHARACTERS) {
        yield undefined;
        continue;
      }
      yield part();
      texts = [];
      characters = 0;
    }
    if (texts.length > 0) yield part();
  }
}

/** The entries of a part; none where it is no list. What an entry is, its state looks at. */
export function entriesOf({ entries }: ToldPart): StateEntry[] {
  try {
    const read: unknown = JSON.parse(entries);
    return Array.isArray(read) ? (read.filter(Array.isArray) as unknown as StateEntry[]) : [];
  } catch {
    return [];
  }
}

function textOf(entry: unknown): string | undefined {
  try {
    return JSON.stringify(entry);
  } catch {
    return undefined;
  }
}
