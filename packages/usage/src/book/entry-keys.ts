import type { DayCell } from './day-cell.js';
import type { SubjectKind } from './subject.js';
import { dayOfText, dayText } from './utc-day.js';

/** Parts of a sketch are never so many: they are written as one long before. */
const MAX_PART = 4096;
const MAX_KEY = 1000;
/** The name comes last: it may hold the sign that parts a key. */
const NUMBERS_KEY = /^([frs])\|(\d{4}-\d\d-\d\d)\|(.*)$/s;
const PART_KEY = /^([frs])u\|(\d{4}-\d\d-\d\d)\|([0-9a-f]{8})\.(\d{1,4})\|(.*)$/s;

/** What a key of the state says. */
export interface EntryKey {
  readonly kind: SubjectKind;
  readonly day: number;
  readonly name: string;
  /** Undefined: the entry holds numbers. */
  readonly part: { readonly keyId: string; readonly number: number } | undefined;
}

/** `f|2026-11-24|export`: what was counted. */
export function numbersKey({ subject, day }: DayCell): string {
  return `${subject.kind}|${dayText(day)}|${subject.name}`;
}

/** `f|2026-11-24|3f9a0c11.2|export`: a part of a sketch of users, whose ids were hashed with the key of that name. */
export function partKey({ subject, day }: DayCell, keyId: string, number: number): string {
  return `${subject.kind}u|${dayText(day)}|${keyId}.${number}|${subject.name}`;
}

/** Undefined when the key is none. Total on any input. */
export function readEntryKey(key: unknown): EntryKey | undefined {
  if (typeof key !== 'string' || key.length > MAX_KEY) return undefined;
  const [, kind, days, keyId, number, name = ''] = PART_KEY.exec(key) ?? [];
  const [, kindOfNumbers = kind, dayOfNumbers = days, nameOfNumbers = name] = NUMBERS_KEY.exec(key) ?? [];
  const day = dayOfText(dayOfNumbers ?? '');
  // the service has no name, and everything else has one
  if (day === undefined || (nameOfNumbers === '') !== (kindOfNumbers === 's')) return undefined;
  const part = keyId === undefined ? undefined : { keyId, number: Number(number) };
  if (part !== undefined && part.number > MAX_PART) return undefined;
  return { kind: kindOfNumbers as SubjectKind, day, name: nameOfNumbers, part };
}
