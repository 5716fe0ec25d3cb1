import { dropBlanks, skipBlanks } from './optional-whitespace.js';

/** Members of a `tracestate` by their keys, the newest first, as they stand in the list. */
export type TraceStateMembers = ReadonlyMap<string, string>;

/** Most members of a list (W3C Trace Context level 2, "tracestate Header Field Values"). */
const MAX_MEMBERS = 32;
/** Most characters of a key, and of a value. */
const MAX_PART_LENGTH = 256;
/** What is carried of a longer list; the specification wants at least this ("tracestate Limits"). */
const MAX_LENGTH = 512;
/** Members that are longer go first where a list is cut. */
const LONG_MEMBER = 128;
/** Twice what 32 members of the greatest length take: a longer text is not read. */
const MAX_READ_LENGTH = 32_768;

const COMMA = ',';
const EQUALS = '=';
const SPACE = 0x20;

/** What a character may be part of: values, keys behind their first character, or all of both. All others are 0. */
const VALUE_ONLY = 1;
const MARK = 2;
const LETTER_OR_DIGIT = 3;
const KIND = Uint8Array.from({ length: 0x7f }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): number {
  if (character < ' ' || character === COMMA || character === EQUALS) return 0;
  if (/[a-z0-9]/.test(character)) return LETTER_OR_DIGIT;
  return '_-*/@'.includes(character) ? MARK : VALUE_ONLY;
}

/**
 * The members of a list, undefined when it breaks the grammar: it cannot be told then what else of it is wrong. Empty
 * members are none. Of a key that comes twice the first is kept, which is the newer one.
 */
export function readMembers(text: string): TraceStateMembers | undefined {
  if (text.length > MAX_READ_LENGTH) return undefined;
  const members = new Map<string, string>();
  let count = 0;
  for (let start = 0; start < text.length; ) {
    const comma = text.indexOf(COMMA, start);
    const end = comma === -1 ? text.length : comma;
    const from = skipBlanks(text, start, end);
    const to = dropBlanks(text, from, end);
    if (from < to) {
      const equals = text.indexOf(EQUALS, from);
      if (!isKey(text, from, equals) || !isValue(text, equals + 1, to)) return undefined;
      count += 1;
      if (count > MAX_MEMBERS) return undefined;
      const key = text.slice(from, equals);
      if (!members.has(key)) members.set(key, text.slice(equals + 1, to));
    }
    start = end + 1;
  }
  return members;
}

/** Whether `text` from `start` to `end` is a key. Level 2 takes an `@` in every place but the first. */
export function isKey(text: string, start: number, end: number): boolean {
  if (end <= start || end - start > MAX_PART_LENGTH || KIND[text.charCodeAt(start)] !== LETTER_OR_DIGIT) return false;
  for (let index = start + 1; index < end; index += 1) if (!(KIND[text.charCodeAt(index)]! >= MARK)) return false;
  return true;
}

/** Whether it is a value: printable ASCII without comma and equals sign, and no space at its end. */
export function isValue(text: string, start: number, end: number): boolean {
  if (end <= start || end - start > MAX_PART_LENGTH) return false;
  for (let index = start; index < end; index += 1) if (!(KIND[text.charCodeAt(index)]! >= VALUE_ONLY)) return false;
  return text.charCodeAt(end - 1) !== SPACE;
}

/**
 * What is carried of the members: at most 32 and 512 characters, as the specification cuts ("tracestate Limits"). Whole
 * members go: long ones first, then others, from the end.
 */
export function cutMembers(members: TraceStateMembers): TraceStateMembers {
  let length = -1;
  for (const [key, value] of members) length += key.length + value.length + 2;
  if (length <= MAX_LENGTH && members.size <= MAX_MEMBERS) return members;
  const kept = new Map(members);
  const cut = (isFirstToGo: (memberLength: number) => boolean) => {
    for (const [key, value] of [...kept].reverse()) {
      if (length <= MAX_LENGTH && kept.size <= MAX_MEMBERS) return;
      const memberLength = key.length + value.length + 1;
      if (!isFirstToGo(memberLength)) continue;
      kept.delete(key);
      length -= memberLength + 1;
    }
  };
  if (length > MAX_LENGTH) cut((memberLength) => memberLength > LONG_MEMBER);
  cut(() => true);
  return kept;
}

/** The list as text. */
export function writeMembers(members: TraceStateMembers): string {
  let text = '';
  for (const [key, value] of members) text += text === '' ? `${key}=${value}` : `,${key}=${value}`;
  return text;
}
