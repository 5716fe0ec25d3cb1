import { copied, processWide } from '@otel-monitor/runtime';
import { type ErrorWords, KnownWords } from './known-words.js';

const MAX_MESSAGES = 256;
/** Words with the same message that are told apart. */
const MAX_ALIKE = 8;
const MAX_LENGTH = 1024;
const MAX_CAUSES = 4;
/** Places for messages that were met once; a power of two. */
const ONCE = 1024;
/** Characters of a message that choose its place. */
const CHOOSING = 64;

/**
 * The words of the last errors, so that in a storm of equal ones not every stack need be read: to write a stack as text is
 * most of what an error costs, and the engine does it when the text is asked for. Bounded to 256 messages; the one met
 * first leaves. Once they are full, a message must come twice to be among them: where each error has a message of its own,
 * none of them is the storm.
 */
export class StormWords {
  readonly #byMessage = new Map<string, KnownWords>();
  readonly #once = new Int32Array(ONCE);

  /** What is known of an error with these words; undefined where words cannot tell. Total on any input. */
  of(error: unknown, severity: string, operationName: string | undefined): KnownWords | undefined {
    try {
      if (!hasWords(error)) return undefined;
      const { name, message } = error;
      const code = codeOf(error);
      const { cause } = error;
      const causes = cause === undefined ? undefined : causeWords(cause);
      if (causes === null) return undefined;
      const first = this.#byMessage.get(message);
      if (first === undefined && this.#byMessage.size >= MAX_MESSAGES && !this.#wasMet(message)) return undefined;
      let alike = 0;
      for (let known = first; known !== undefined; known = known.next) {
        const { words } = known;
        if (
          words.name === name &&
          words.code === code &&
          words.severity === severity &&
          words.operationName === operationName &&
          areEqual(words.causes, causes)
        ) {
          return known;
        }
        alike += 1;
      }
      const words: ErrorWords = {
        name: copied(name),
        message: copied(message),
        code: code === undefined ? undefined : copied(code),
        causes: causes?.map((word) => (word === undefined ? undefined : copied(word))),
        severity,
        operationName: operationName === undefined ? undefined : copied(operationName),
      };
      return this.#add(words, alike < MAX_ALIKE ? first : undefined);
    } catch {
      return undefined;
    }
  }

  #wasMet(message: string): boolean {
    const key = keyOf(message);
    const place = key & (ONCE - 1);
    if (this.#once[place] === key) return true;
    this.#once[place] = key;
    return false;
  }

  #add(words: ErrorWords, next: KnownWords | undefined): KnownWords {
    const known = new KnownWords(words);
    known.next = next;
    this.#byMessage.set(words.message, known);
    if (this.#byMessage.size > MAX_MESSAGES) this.#byMessage.delete(this.#byMessage.keys().next().value as string);
    return known;
  }
}

/** An error that holds no others but a cause, and whose words are text. */
function hasWords(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  return (
    typeof name === 'string' &&
    name !== '' &&
    name.length <= MAX_LENGTH &&
    name !== 'SuppressedError' &&
    typeof message === 'string' &&
    message.length <= MAX_LENGTH &&
    (error as { errors?: unknown }).errors === undefined
  );
}

/** A number tells as much as a text. */
function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, MAX_LENGTH) : undefined;
}

/** Two messages with one key cost the second a place too early, and nothing else. */
function keyOf(message: string): number {
  const step = Math.ceil(message.length / CHOOSING) || 1;
  let key = message.length + 1;
  for (let index = 0; index < message.length; index += step) key = (Math.imul(key, 31) + message.charCodeAt(index)) | 0;
  return key;
}

/** Null where words cannot tell. */
function causeWords(cause: unknown): (string | undefined)[] | null {
  const words: (string | undefined)[] = [];
  for (let at = cause; at !== undefined; at = (at as Error).cause) {
    if (words.length >= 3 * MAX_CAUSES || !hasWords(at)) return null;
    words.push(at.name, at.message, codeOf(at));
  }
  return words;
}

function areEqual(some: ErrorWords['causes'], others: ErrorWords['causes']): boolean {
  if (some === undefined || others === undefined) return some === others;
  return some.length === others.length && some.every((word, index) => word === others[index]);
}

/** The words of the process's last errors. */
export const stormWords: StormWords = processWide('storm-words', () => new StormWords());
