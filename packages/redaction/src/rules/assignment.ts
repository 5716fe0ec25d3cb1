import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const MAX_KEY = 64;
const VALUE = /[^\s"'`&;<>]+/y;
const REST_OF_LINE = /[^\r\n"'`]+/y;
const SEPARATOR = /[:=]/g;
const SEPARATORS = /[:=]{1,3}>?/y;
const OPENING = /[ \t]{0,4}(\\{0,4})(["'`]?)/y;
/** Values that say that there is no secret. */
const NOTHING = /^(?:undefined|null|true|false|none|nil)$/i;
/** Headers whose value has several words. */
const WHOLE_LINE = /(?:authorization|cookie)$/i;
/** Parameters that are secret in a query only: elsewhere they are common words. */
const QUERY_KEY = /^(?:key|sig|signature|code|state|x-amz-(?:signature|credential|security-token))$/i;

/**
 * `password=…`, `token: …`, `"apiKey":"…"`, `?access_token=…`, header lines: the value after a key that is secret by
 * its name. Each `:` and `=` is looked at once, its key back to the last character that cannot be in one.
 */
export const assignmentRule: ScanRule = {
  name: 'assignment',
  needs: Has.assign,
  scan(text, policy, cut) {
    SEPARATOR.lastIndex = 0;
    for (let found = SEPARATOR.exec(text); found !== null; found = SEPARATOR.exec(text)) {
      const separator = found.index;
      SEPARATORS.lastIndex = separator;
      const after = separator + (SEPARATORS.exec(text)?.[0].length ?? 1);
      SEPARATOR.lastIndex = after;
      const key = keyBefore(text, separator);
      if (key === undefined || !isSecret(key, policy.isSecretKey)) continue;
      const value = valueAfter(text, after, key, policy.replacement);
      if (value === undefined) continue;
      SEPARATOR.lastIndex = value.end;
      if (NOTHING.test(text.slice(value.start, value.end).slice(0, 10))) continue;
      if (text.startsWith(policy.replacement, value.start) && policy.replacement !== '') continue;
      cut(value.start, value.end);
    }
  },
};

interface Key {
  name: string;
  start: number;
  text: string;
}

function keyBefore(text: string, separator: number): Key | undefined {
  let end = separator;
  const least = Math.max(0, separator - 6);
  while (end > least && /[\s"'`\\\]]/.test(text[end - 1] as string)) end -= 1;
  let start = end;
  const first = Math.max(0, end - MAX_KEY);
  while (start > first && isKeyCode(text.charCodeAt(start - 1))) start -= 1;
  if (start === end) return undefined;
  return { name: decoded(text.slice(start, end)), start, text };
}

/** Letters, digits and `_ . - %`. */
function isKeyCode(code: number): boolean {
  const letter = code | 32;
  return (
    (letter >= 97 && letter <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code === 45 ||
    code === 37
  );
}

function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isSecret(key: Key, isSecretKey: (name: string) => boolean): boolean {
  if (isInQuery(key) && QUERY_KEY.test(key.name)) return true;
  if (!isSecretKey(key.name)) return false;
  // what every JavaScript parser says of a syntax error
  return !(/^token$/i.test(key.name) && /unexpected $/i.test(key.text.slice(Math.max(0, key.start - 11), key.start)));
}

function isInQuery(key: Key): boolean {
  const before = key.text[key.start - 1];
  return before === '?' || before === '&' || before === '#';
}

interface Range {
  start: number;
  end: number;
}

function valueAfter(text: string, from: number, key: Key, replacement: string): Range | undefined {
  OPENING.lastIndex = from;
  const [opening = '', slashes = '', quote = ''] = OPENING.exec(text) ?? [];
  const start = from + opening.length;
  if (quote !== '') return within(start, quotedEnd(text, start, quote, slashes.length));
  const wholeLine = WHOLE_LINE.test(key.name);
  const pattern = wholeLine ? REST_OF_LINE : VALUE;
  pattern.lastIndex = start;
  const run = pattern.exec(text)?.[0];
  if (run === undefined) return undefined;
  const whole = wholeLine || (replacement !== '' && run.endsWith(replacement));
  return within(start, start + run.length - (whole ? 0 : trailing(run)));
}

function within(start: number, end: number): Range | undefined {
  return end > start ? { start, end } : undefined;
}

/** Where a quoted value ends: at its quote, that in escaped text has as many backslashes as the first one. */
function quotedEnd(text: string, start: number, quote: string, escaped: number): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === '\\') slashes += 1;
    if (escaped > 0) return at - Math.min(slashes, escaped);
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** How many closing marks at the end belong to the sentence around the value. */
function trailing(run: string): number {
  let count = 0;
  while (count < run.length && count < 4 && ',.)]}\\'.includes(run[run.length - 1 - count] as string)) count += 1;
  return count;
}
