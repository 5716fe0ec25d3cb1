import { census } from './census.js';
import { extraPatternRule } from './patterns/extra-pattern.js';
import type { Policy } from './policy.js';
import { applyRule, mayMatch, type Rule } from './rule.js';
import { builtInRules } from './rules/built-in-rules.js';
import { secretKeyTest } from './secret-keys.js';

/** How a redactor differs from the default one. */
export interface RedactorOptions {
  /** False: everything passes unchanged. Default true. */
  readonly enabled?: boolean | undefined;
  /** Further secret keys, compared without case and separators; a key that ends with one is secret. */
  readonly extraKeys?: readonly string[] | undefined;
  /** Keys that are never secret by their name; the text of their values is still redacted. */
  readonly allowKeys?: readonly string[] | undefined;
  /** Further patterns to replace in text. A pattern whose work has no bound is an error; see `patternProblem`. */
  readonly extraPatterns?: readonly (string | RegExp)[] | undefined;
  /** What stands in the place of a secret: at most 64 of letters, digits and `_ * # . [ ] -`. Default `[redacted]`. */
  readonly replacement?: string | undefined;
  /** Text is cut to this many UTF-16 units before it is searched. Default 65,536. */
  readonly maxLength?: number | undefined;
}

/** The privacy policy. No method throws, none changes what it is given. */
export interface Redactor {
  /** The text with every secret replaced; the same string when it has none. */
  redactText(text: string): string;
  /**
   * The value, or `[redacted]` when the key names a secret (booleans, null and undefined stay, they tell nothing).
   * Under other keys strings and the strings of arrays are redacted as text; all else is returned as it is.
   */
  redactValue<T>(key: string, value: T): T | string;
  /** The address with credentials, secret query parameters and secrets in its text replaced; its path is kept. */
  redactUrl(url: string): string;
}

const DEFAULT_REPLACEMENT = '[redacted]';
const DEFAULT_MAX_LENGTH = 65_536;
/** A replacement may lay open what a rule missed (a boundary has changed): look again, but not for ever. */
const MOST_PASSES = 4;

/**
 * Makes a redactor. Throws a TypeError when the replacement, the limit or an extra pattern is unusable.
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const replacement = options.replacement ?? DEFAULT_REPLACEMENT;
  if (!/^[\w*#.[\]-]{0,64}$/.test(replacement)) {
    throw new TypeError('redaction replacement must be at most 64 letters, digits or _ * # . [ ] -');
  }
  const maxLength = options.maxLength ?? DEFAULT_MAX_LENGTH;
  if (!Number.isInteger(maxLength) || maxLength < 1) {
    throw new TypeError('redaction maxLength must be a whole number above 0');
  }
  const extra = (options.extraPatterns ?? []).map(extraPatternRule);
  if (options.enabled === false) return passThrough;

  const policy: Policy = { replacement, isSecretKey: secretKeyTest(options.extraKeys ?? [], options.allowKeys ?? []) };
  const rules: readonly Rule[] = [...extra, ...builtInRules];
  const urlRules = rules.filter((rule) => rule.filePathsOnly !== true);

  const redactBy = (chosen: readonly Rule[], text: string): string => {
    if (typeof text !== 'string') return text;
    try {
      return redact(chosen, cut(text, maxLength), policy);
    } catch {
      return replacement;
    }
  };
  const redactText = (text: string) => redactBy(rules, text);
  const redactUrl = (url: string) => redactBy(urlRules, url);

  return {
    redactText,
    redactUrl,
    redactValue<T>(key: string, value: T): T | string {
      if (value === null || value === undefined || typeof value === 'boolean') return value;
      if (typeof key === 'string' && policy.isSecretKey(key)) return replacement;
      if (typeof value !== 'string' && typeof value !== 'object') return value;
      const forKey = typeof key === 'string' && /^(?:url|http)\./.test(key) ? redactUrl : redactText;
      if (typeof value === 'string') return forKey(value);
      try {
        return Array.isArray(value) ? redactItems(value, forKey) : value;
      } catch {
        return replacement;
      }
    },
  };
}

/** The redactor that is used where none was configured. */
export const defaultRedactor: Redactor = createRedactor();

const passThrough: Redactor = {
  redactText: (text) => text,
  redactUrl: (url) => url,
  redactValue: (_key, value) => value,
};

function redact(rules: readonly Rule[], text: string, policy: Policy): string {
  let done = text;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = done;
    let has = census(done);
    for (const rule of rules) {
      if (!mayMatch(rule, done, has)) continue;
      const after = applyRule(rule, done, policy);
      if (after === done) continue;
      done = after;
      has = census(done);
    }
    if (done === before) break;
  }
  return done;
}

/** The text up to the limit, without half a character at its end. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength);
}

function redactItems<T>(items: T & unknown[], redactItem: (text: string) => string): T {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item: unknown = items[index];
    if (typeof item !== 'string') continue;
    const redacted = redactItem(item);
    if (redacted === item) continue;
    copy ??= [...items];
    copy[index] = redacted;
  }
  return (copy ?? items) as T;
}
