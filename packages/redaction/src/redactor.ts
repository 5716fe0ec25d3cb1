import { AttributeKeys, Kind } from './keys/attribute-keys.js';
import { KeyMatcher } from './keys/key-matcher.js';
import { actsOn, type CompiledRule, compileRules } from './patterns/custom-rule.js';
import { redactItems } from './redact-items.js';
import { checkedLimits, type RedactorOptions } from './redactor-options.js';
import { isPhoneLike } from './rules/phone/phone-like.js';
import { ADDRESS, type Place, QUERY, STATEMENT, TEXT, TextRedactor } from './text-redactor.js';

/** The privacy policy. No method throws, none changes what it is given. */
export interface Redactor {
  /** The text with every secret replaced; the same string when it has none. */
  redactText(text: string): string;
  /**
   * The value of an attribute, or `[redacted]` when its key names a secret or, in allow-list mode, is not listed
   * (booleans, null and undefined stay, they tell nothing). Under other keys strings and the strings of arrays are
   * redacted as text; all else is returned as it is.
   */
  redactValue<T>(key: string, value: T): T | string;
  /** The same for a field within the value of an attribute, which no list of attributes has: by its key and as text. */
  redactField<T>(key: string, value: T): T | string;
  /** The address with credentials, secret query parameters and secrets in its text replaced; its path is kept. */
  redactUrl(url: string): string;
}

/**
 * Makes a redactor. Throws a TypeError when the replacement, the limit, the mode or an extra pattern is unusable.
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { replacement, maxLength } = checkedLimits(options);
  const custom = compileRules(options.extraPatterns ?? [], replacement);
  if (options.enabled === false) return passThrough;
  return new PolicyRedactor(options, replacement, maxLength, custom);
}

class PolicyRedactor implements Redactor {
  readonly #attributes: AttributeKeys;
  readonly #byKey: readonly CompiledRule[];
  readonly #makeText: () => TextRedactor;
  #text: TextRedactor | undefined;

  constructor(
    options: RedactorOptions,
    readonly replacement: string,
    readonly maxLength: number,
    custom: readonly CompiledRule[],
  ) {
    const keys = new KeyMatcher(options.extraKeys ?? [], options.allowKeys ?? []);
    const allowed = options.mode === 'allow_list' ? [...(options.allowedAttributes ?? [])] : undefined;
    this.#attributes = new AttributeKeys(keys, allowed);
    this.#byKey = custom.filter((rule) => rule.keys !== undefined);
    this.#makeText = () => new TextRedactor({ replacement, keys, custom, ipAddresses: options.ipAddresses === true });
  }

  redactText(text: string): string {
    return this.#redact(text, TEXT);
  }

  redactUrl(url: string): string {
    return this.#redact(url, ADDRESS);
  }

  redactValue<T>(key: string, value: T): T | string {
    return this.#redactUnder(key, value, Kind.secret | Kind.unlisted);
  }

  redactField<T>(key: string, value: T): T | string {
    return this.#redactUnder(key, value, Kind.secret);
  }

  #redactUnder<T>(key: string, value: T, hiding: number): T | string {
    if (value === null || value === undefined || typeof value === 'boolean') return value;
    const kind = typeof key === 'string' ? this.#attributes.kindOf(key) : 0;
    if ((kind & hiding) !== 0) return this.replacement;
    const type = typeof value;
    if (type === 'number' && (kind & Kind.phone) === 0 && this.#byKey.length === 0) return value;
    try {
      return this.#redactKnown(key, value, kind);
    } catch {
      return this.replacement;
    }
  }

  #redactKnown<T>(key: string, value: T, kind: number): T | string {
    const more = this.#byKey.length === 0 ? NONE : this.#byKey.filter((rule) => actsOn(rule, key));
    const whole = more.find((rule) => rule.pattern === undefined);
    if (whole !== undefined) return whole.replacement;
    if (typeof value === 'string') {
      if ((kind & Kind.phone) !== 0 && isPhoneLike(value, 0, value.length)) return this.replacement;
      return this.#redact(value, placeOf(kind), more);
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
      const text = (kind & Kind.phone) !== 0 ? String(value) : '';
      return isPhoneLike(text, 0, text.length) ? this.replacement : value;
    }
    if (!Array.isArray(value)) return value;
    const place = placeOf(kind);
    return redactItems(value, this.#attributes.matcher, this.replacement, (item) => this.#redact(item, place, more));
  }

  #redact(text: string, place: Place, more: readonly CompiledRule[] = NONE): string {
    if (typeof text !== 'string') return text;
    try {
      this.#text ??= this.#makeText();
      return this.#text.redact(cut(text, this.maxLength), place, more);
    } catch {
      return this.replacement;
    }
  }
}

const NONE: readonly CompiledRule[] = [];

function placeOf(kind: number): Place {
  if ((kind & Kind.query) !== 0) return QUERY;
  if ((kind & Kind.address) !== 0) return ADDRESS;
  return (kind & Kind.statement) !== 0 ? STATEMENT : TEXT;
}

/** The text up to the limit, without half a character at its end. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength);
}

const passThrough: Redactor = {
  redactText: (text) => text,
  redactUrl: (url) => url,
  redactValue: (_key, value) => value,
  redactField: (_key, value) => value,
};

let made: Redactor | undefined;

/** Made by the first who needs it: most processes configure their own, and its tables take a third of a megabyte. */
function theDefault(): Redactor {
  made ??= createRedactor();
  return made;
}

/** The redactor that is used where none was configured. */
export const defaultRedactor: Redactor = {
  redactText: (text) => theDefault().redactText(text),
  redactUrl: (url) => theDefault().redactUrl(url),
  redactValue: (key, value) => theDefault().redactValue(key, value),
  redactField: (key, value) => theDefault().redactField(key, value),
};
