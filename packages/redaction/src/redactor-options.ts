import type { CustomRule } from './patterns/custom-rule.js';

/** How a redactor differs from the default one. */
export interface RedactorOptions {
  /** False: everything passes unchanged. Default true. */
  readonly enabled?: boolean | undefined;
  /**
   * `rules`: what the rules find is replaced. `allow_list`: the values of all attributes that are neither listed nor
   * structural are replaced as well, and the rules act on the rest. Default `rules`.
   */
  readonly mode?: 'rules' | 'allow_list' | undefined;
  /** The attributes that may leave in allow-list mode: exact names, or beginnings that end with `*`. Default none. */
  readonly allowedAttributes?: readonly string[] | undefined;
  /** Further secret keys, compared without case and separators; a key that ends with one is secret. Default none. */
  readonly extraKeys?: readonly string[] | undefined;
  /** Keys that are never secret by their name; the text of their values is still redacted. Default none. */
  readonly allowKeys?: readonly string[] | undefined;
  /** Further rules. A pattern whose work has no bound is an error; see `patternProblem`. Default none. */
  readonly extraPatterns?: readonly (string | RegExp | CustomRule)[] | undefined;
  /** True: IP addresses are replaced as well, but for 127.0.0.1, `::1` and the like. Default false. */
  readonly ipAddresses?: boolean | undefined;
  /** What stands in the place of a secret: at most 64 of letters, digits and `_ * # . [ ] -`. Default `[redacted]`. */
  readonly replacement?: string | undefined;
  /** Text is cut to this many UTF-16 units before it is searched. Default 1,048,576. */
  readonly maxLength?: number | undefined;
}

export const DEFAULT_REPLACEMENT = '[redacted]';
const DEFAULT_MAX_LENGTH = 1_048_576;

/** True for a text that may stand in the place of a secret, since no rule could take it for one. */
export function isReplacement(text: unknown): boolean {
  return typeof text === 'string' && /^[\w*#.[\]-]{0,64}$/.test(text);
}

/** The options with a replacement and a limit that can be used. Throws a TypeError for one that cannot. */
export function checkedLimits(options: RedactorOptions): { readonly replacement: string; readonly maxLength: number } {
  const { replacement = DEFAULT_REPLACEMENT, maxLength = DEFAULT_MAX_LENGTH } = options;
  if (!isReplacement(replacement)) {
    throw new TypeError('redaction replacement must be at most 64 letters, digits or _ * # . [ ] -');
  }
  if (!Number.isInteger(maxLength) || maxLength < 1) {
    throw new TypeError('redaction maxLength must be a whole number above 0');
  }
  if (options.mode !== undefined && options.mode !== 'rules' && options.mode !== 'allow_list') {
    throw new TypeError('redaction mode must be "rules" or "allow_list"');
  }
  return { replacement, maxLength };
}
