import { textOf } from '../scan/code-buffer.js';
import { COUNTS_ANYWHERE, COUNTS_WHOLE, KEY_WORDS, Tells } from './key-words.js';
import { WordAutomaton } from './word-automaton.js';

/** The semantic conventions' attribute for a session, which this project itself sends: an identifier, no credential. */
const CONVENTIONAL = 'session.id';
/** What is read of a key: its end, which tells. */
const MAX_KEY_LENGTH = 256;
/** What is kept of a key of the user: the end of a name this long tells enough. */
const MAX_EXTRA_LENGTH = 32;
/** Of the words that are known. */
const SHORTEST = 3;
const MAX_REMEMBERED = 1_000;
const TAILS = KEY_WORDS.filter(([, bits]) => (bits & Tells.tail) !== 0).map(([word]) => word);
const SECRET_WORDS = KEY_WORDS.filter(([, bits]) => isSecret(bits)).map(([word]) => word);

/** A name without case and separators. */
export function normalizeKey(key: string): string {
  return key
    .slice(-MAX_KEY_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** What keys tell about their values. */
export class KeyMatcher {
  /** Fewest characters of a name that may tell something. */
  readonly shortest: number;
  /** The same for the word before one that tells `tail`: together they must be a secret word. */
  readonly shortestBefore: number;
  readonly #words: WordAutomaton;
  readonly #allowed: ReadonlySet<string>;
  readonly #allows: boolean;
  readonly #remembered = new Map<string, number>();
  readonly #codes = new Uint16Array(MAX_KEY_LENGTH);

  /**
   * @param extra further names; a key that ends with one is secret
   * @param allowed names that are never secret, whatever the tables say
   */
  constructor(extra: readonly string[], allowed: readonly string[]) {
    const own = extra.map(normalizeKey).filter((name) => name !== '');
    this.#words = new WordAutomaton(
      [...KEY_WORDS, ...own.map((name) => [name.slice(-MAX_EXTRA_LENGTH), Tells.extra] as const)],
      COUNTS_ANYWHERE,
      COUNTS_WHOLE,
    );
    this.shortest = own.reduce((least, name) => Math.min(least, name.length), SHORTEST);
    this.shortestBefore = Math.min(this.shortest, shortestOfTwo([...SECRET_WORDS, ...own]));
    this.#allowed = new Set(allowed.map(normalizeKey));
    this.#allows = this.#allowed.size > 0;
  }

  /** The bits of `Tells` for a key within text; see `isSecret`. */
  tell(codes: Uint16Array, start: number, end: number): number {
    const found = this.#words.match(codes, start, end);
    if (!isSecret(found) || (end - start !== CONVENTIONAL.length && !this.#allows)) return found;
    return this.#unlessAllowed(codes, start, end, found);
  }

  #unlessAllowed(codes: Uint16Array, start: number, end: number, found: number): number {
    const mayBe = end - start === CONVENTIONAL.length && codes[start + CONVENTIONAL.indexOf('.')] === 46;
    const conventional = mayBe && textOf(codes, start, end) === CONVENTIONAL;
    const allowed = this.#allows && this.#allowed.has(normalizeKey(textOf(codes, start, end)));
    // what is not secret by its name may be a phone number, or name something, all the same
    return conventional || allowed ? found & ~(Tells.anywhere | Tells.end | Tells.whole | Tells.extra) : found;
  }

  /** The bits of `Tells` for the key of an attribute. */
  tellOf(key: string): number {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const length = Math.min(key.length, MAX_KEY_LENGTH);
    const from = key.length - length;
    for (let at = 0; at < length; at += 1) this.#codes[at] = key.charCodeAt(from + at);
    const found = this.tell(this.#codes, 0, length);
    // keys come from the application: the memory of them is bounded in number and length
    if (this.#remembered.size < MAX_REMEMBERED && key.length <= MAX_KEY_LENGTH) this.#remembered.set(key, found);
    return found;
  }
}

/** How few characters may stand before the second half of a word. */
function shortestOfTwo(words: readonly string[]): number {
  const halves = words.flatMap((word) =>
    TAILS.filter((tail) => word.length > tail.length && word.endsWith(tail)).map((tail) => word.length - tail.length),
  );
  return Math.min(...halves);
}

/** True when a value under a key that tells this is a secret, whatever it looks like. */
export function isSecret(tells: number): boolean {
  if ((tells & (Tells.extra | Tells.whole)) !== 0) return true;
  if ((tells & (Tells.about | Tells.harmless)) !== 0) return false;
  return (tells & (Tells.anywhere | Tells.end)) !== 0;
}
