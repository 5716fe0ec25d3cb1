import { isAllowed } from './allow-list.js';
import { isSecret, type KeyMatcher } from './key-matcher.js';
import { Tells } from './key-words.js';

/** What the key of an attribute says about its value, as bits. */
export const Kind = {
  /** The value is a secret, whatever it looks like. */
  secret: 1,
  /** A phone number, if it looks like one. */
  phone: 2,
  /** An address or a part of one: no file path. */
  address: 4,
  /** A query without its `?`. */
  query: 8,
  /** A database statement. */
  statement: 16,
  /** Not on the list, where only what is on it may leave. */
  unlisted: 32,
} as const;

const STATEMENTS = new Set(['db.query.text', 'db.statement', 'db.query.summary']);
const MAX_REMEMBERED = 1_000;
const MAX_KEY_LENGTH = 256;

/** What keys of attributes say, remembered for those that come again. */
export class AttributeKeys {
  readonly #remembered = new Map<string, number>();

  /** @param allowed the attributes that may leave, exact names or `prefix*`; undefined: all */
  constructor(
    readonly matcher: KeyMatcher,
    readonly allowed: readonly string[] | undefined,
  ) {}

  kindOf(key: string): number {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const tells = this.matcher.tellOf(key);
    let kind = isSecret(tells) ? Kind.secret : 0;
    if ((tells & Tells.phone) !== 0) kind |= Kind.phone;
    if (key.startsWith('url.') || key.startsWith('http.')) kind |= Kind.address;
    if (key === 'url.query') kind |= Kind.query;
    if (STATEMENTS.has(key)) kind |= Kind.statement;
    if (this.allowed !== undefined && !isAllowed(key, this.allowed)) kind |= Kind.unlisted;
    // keys come from the application: the memory of them is bounded in number and length
    if (this.#remembered.size < MAX_REMEMBERED && key.length <= MAX_KEY_LENGTH) this.#remembered.set(key, kind);
    return kind;
  }
}
