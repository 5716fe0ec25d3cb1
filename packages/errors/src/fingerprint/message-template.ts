import { isLetter, isSpace } from './character.js';
import { dateEnd } from './date-text.js';
import { isMadeUp } from './made-up-word.js';
import { groupEnd, quotationEnd, type Scan } from './quotation.js';
import { placeholderOf } from './token-placeholder.js';

/** What of a message is read for its template, in UTF-16 units. */
const MAX_READ = 1024;
/** Shorter words of letters alone are never taken for ids. */
const SHORTEST_ID = 8;
/** Node's words before the name of a host that it could not find. */
const BEFORE_HOST = ['ENOTFOUND ', 'EAI_AGAIN '];
/** V8's words before the name of a property, which is the program's and no value. */
const BEFORE_PROPERTY = ['(reading ', '(setting '];
const PROPERTY = /^[A-Za-z_$]{1,64}$/;
/** What a number before them is a number of; a program picks the one that reads best. */
const UNITS = new Map<string, string>();
for (const unit of [
  'ns',
  'us',
  'µs',
  'ms',
  's',
  'h',
  'hr',
  'hrs',
  'sec',
  'second',
  'millisecond',
  'min',
  'minute',
  'hour',
  'day',
]) {
  for (const form of [unit, `${unit}s`]) UNITS.set(form, '<duration>');
}
for (const unit of [
  'B',
  'b',
  'byte',
  'bytes',
  ...[...'kKMGTP'].flatMap((prefix) => [`${prefix}B`, `${prefix}b`, `${prefix}iB`]),
]) {
  UNITS.set(unit, '<size>');
}
const LONGEST_UNIT = 12;
/** What stands between the members of a list. */
const SEPARATORS = new Set([', ', ',', '; ', ' ', ' | ', '\n']);

/** Stands for a value of whatever kind: an id of digits alone looks like a number, and is the same id. */
const ANY = '<>';
/** What newer versions of V8 add to what JSON.parse says. */
const JSON_POSITION = ' (line <> column <>)';

/**
 * What messages of the same fault have in common: words stay, and numbers, ids, quoted values, addresses, paths and dates
 * become `<>`. `tile 12 of 'a.sfc'` is `tile <> of <>`. Linear in the message, of which 1024 characters are read. Total on
 * any text.
 */
export function messageTemplate(message: string): string {
  const made = templateOf(message, false);
  return made.endsWith(JSON_POSITION) ? made.slice(0, -JSON_POSITION.length) : made;
}

/** The same for a person: a placeholder tells what kind of value it stands for, as in `tile <number> of <text>`. */
export function messageTitle(message: string): string {
  return templateOf(message, true);
}

function templateOf(message: string, isTold: boolean): string {
  const text = message.length > MAX_READ ? message.slice(0, MAX_READ) : message;
  const template = new Template(text, isTold);
  const scan: Scan = { text, unclosed: '', steps: 0 };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      if (code !== 32 || isSpace(text.charCodeAt(at + 1))) template.isUneven = true;
      at += 1;
      continue;
    }
    let end = at;
    while (isLetter(text.charCodeAt(end))) end += 1;
    const isWord = end > at && endsWord(text, end);
    if (isWord && !isCapital(code) && !isBeforeHost(text, at)) {
      if (template.follows('<number>')) template.measure(at, end);
      if (end - at >= SHORTEST_ID && isMadeUp(text.slice(at, end))) template.place(at, end, '<id>');
      at = end;
      continue;
    }
    const special = specialEnd(template, scan, at);
    at = special === -1 ? word(template, at, isWord ? end : tokenEnd(text, end)) : special;
  }
  return template.finish();
}

/** A template while it is made: what is not replaced is copied in one piece. */
class Template {
  #made = '';
  /** It has other spaces than single ones. */
  isUneven = false;
  /** From here on nothing is copied yet. */
  #from = 0;
  /** The placeholder that stands directly before `#from`; empty for words. */
  #last = '';

  constructor(
    readonly text: string,
    private readonly isTold: boolean,
  ) {}

  /** Puts a placeholder in the place of a part. A list has as many members as there happen to be: one stands for all. */
  place(start: number, end: number, placed: string): void {
    const between = this.text.slice(this.#from, start);
    const isKind = placed.charCodeAt(0) === 60 && placed.indexOf('>') === placed.length - 1;
    const isMember = isKind && SEPARATORS.has(between) && (this.isTold ? placed === this.#last : this.#last !== '');
    if (!isMember) this.#made += between + this.#shown(placed, isKind);
    this.#last = isKind ? placed : '';
    this.#from = end;
  }

  #shown(placed: string, isKind: boolean): string {
    if (this.isTold) return placed;
    if (isKind) return ANY;
    let shown = '';
    let from = 0;
    for (let at = placed.indexOf('<'); at !== -1; at = placed.indexOf('<', from)) {
      const end = placed.indexOf('>', at);
      // a sign of the message itself
      if (end === -1) break;
      shown += placed.slice(from, at) + ANY;
      from = end + 1;
    }
    return shown + placed.slice(from);
  }

  /** Whether nothing but a space is behind that placeholder. */
  follows(placed: string): boolean {
    return this.#last === placed;
  }

  /** `12 MB` is a size, `3 seconds` a duration. */
  measure(start: number, end: number): void {
    if (start !== this.#from + 1 || end - start > LONGEST_UNIT) return;
    const kind = UNITS.get(this.text.slice(start, end));
    if (kind === undefined) return;
    if (this.isTold) this.#made = this.#made.slice(0, -this.#last.length) + kind;
    this.#last = kind;
    this.#from = end;
  }

  /** Whether the text before `at` is one of these, and nothing of it was replaced. */
  isBehind(at: number, words: readonly string[]): boolean {
    return words.some((each) => at - each.length >= this.#from && this.text.endsWith(each, at));
  }

  finish(): string {
    const made = this.#from === 0 ? this.text : this.#made + this.text.slice(this.#from);
    return this.isUneven ? made.replace(/\s+/g, ' ').trim() : made.trim();
  }
}

/** Replaces a quotation, a group or a date that begins at `at`; where it ends, or -1. */
function specialEnd(template: Template, scan: Scan, at: number): number {
  const { text } = scan;
  const quoted = quotationEnd(scan, at);
  if (quoted !== -1) {
    const isProperty = template.isBehind(at, BEFORE_PROPERTY) && PROPERTY.test(text.slice(at + 1, quoted - 1));
    if (!isProperty) template.place(at, quoted, '<text>');
    return quoted;
  }
  const group = groupEnd(scan, at);
  if (group !== -1) {
    template.place(at, group, '<json>');
    return group;
  }
  const date = dateEnd(text, at);
  if (date !== -1) template.place(at, date, '<date>');
  return date;
}

/** Replaces what differs in the token from `at` to `end`, without the punctuation around it; gives its end. */
function word(template: Template, at: number, end: number): number {
  const { text } = template;
  let start = at;
  let stop = end;
  while (start < stop && isLeading(text.charCodeAt(start))) start += 1;
  while (stop > start && isTrailing(text.charCodeAt(stop - 1)) && !text.startsWith('::', stop - 2)) stop -= 1;
  if (start === stop) return end;
  if (template.follows('<number>')) template.measure(start, stop);
  const token = text.slice(start, stop);
  const isHost = isBeforeHost(text, start) && template.isBehind(start, BEFORE_HOST);
  const placed = isHost ? '<host>' : placeholderOf(token);
  if (placed !== token) template.place(start, stop, placed);
  return end;
}

/** A quotation or a group may begin within what has no space: `key="value"`, `(code: {"a":1})`. */
function tokenEnd(text: string, from: number): number {
  let end = from + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (isSpace(code)) return end;
    if (code !== 34 && code !== 39 && code !== 96 && code !== 123) continue;
    const before = text.charCodeAt(end - 1);
    if (before === 61 || before === 58 || before === 40 || before === 91 || before === 44 || before === 46) return end;
  }
  return text.length;
}

/** A space or the end, at once or behind what ends a sentence or a part of it. */
function endsWord(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (Number.isNaN(code) || isSpace(code)) return true;
  if (code !== 44 && code !== 46 && code !== 58 && code !== 59) return false;
  const next = text.charCodeAt(end + 1);
  return Number.isNaN(next) || isSpace(next);
}

/** Whether the letter before the space may end one of the words before a host: a capital D or N. */
function isBeforeHost(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 2);
  return before === 68 || before === 78;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Opening brackets, and what stands before a value. */
function isLeading(code: number): boolean {
  return code === 40 || code === 60 || code === 44 || code === 59 || code === 61 || code === 42;
}

/** Closing brackets, and what ends a sentence or a part of it. */
function isTrailing(code: number): boolean {
  return (
    code === 41 ||
    code === 93 ||
    code === 125 ||
    code === 62 || // brackets
    code === 46 ||
    code === 44 ||
    code === 59 ||
    code === 58 ||
    code === 33 ||
    code === 63
  );
}
