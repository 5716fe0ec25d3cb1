import { type CauselessError, describeAlone, NO_CAUSES } from './describe-alone.js';
import type { CauseRelation, DescribedError } from './described-error.js';
import { isObject, readField, UNREADABLE } from './error-fields.js';

/** Most causes that one follows from the other. */
const MAX_DEPTH = 8;
/** Most members of one AggregateError. */
const MAX_MEMBERS = 10;
/** Most causes of one error, all together. */
const MAX_CAUSES = 32;
/** Most errors that are looked at for being counted. */
const MAX_COUNTED = 128;
const MESSAGE_LENGTH = 1024;

interface Nested {
  readonly relation: CauseRelation;
  readonly value: unknown;
}

/**
 * Puts the causes of `error` into its description, those that are near before those that are far: its `cause`, the
 * `errors` of an AggregateError, both errors of a SuppressedError, the `error` of an event. What comes up again is named
 * only, what finds no room is counted. Total on any input; the number of reads has a bound.
 */
export function tellCauses(error: object, told: CauselessError): void {
  const nested = nestedIn(error, told);
  if (nested === undefined) return;
  new CauseWalk(error, told).follow(nested);
}

class CauseWalk {
  readonly #known: Map<object, CauselessError>;
  readonly #open: { told: CauselessError; depth: number; nested: Nested[] }[] = [];
  #room = MAX_CAUSES;
  #counted = 0;

  constructor(
    error: object,
    private readonly first: CauselessError,
  ) {
    this.#known = new Map([[error, first]]);
  }

  follow(nested: Nested[]): void {
    this.#open.push({ told: this.first, depth: 0, nested });
    for (const { told, depth, nested: found } of this.#open) {
      const causes: DescribedError[] = [];
      for (const one of found) {
        if (depth < MAX_DEPTH && this.#room > 0) causes.push(this.#describe(one, depth));
        else told.omittedCauses += this.#countFrom(one.value);
      }
      if (causes.length > 0) told.causes = causes;
    }
  }

  #describe({ relation, value }: Nested, depth: number): DescribedError {
    this.#room -= 1;
    if (!isObject(value)) return describeAlone(value, relation, MESSAGE_LENGTH);
    const before = this.#known.get(value);
    if (before !== undefined) return { ...before, ...NAMED_ONLY, relation };
    const told = describeAlone(value, relation, MESSAGE_LENGTH);
    this.#known.set(value, told);
    const nested = nestedIn(value, told);
    if (nested !== undefined) this.#open.push({ told, depth: depth + 1, nested });
    return told;
  }

  /** One and its own causes that were not told. */
  #countFrom(value: unknown): number {
    let count = 1;
    const passed = new Set<unknown>();
    for (let next = value; isObject(next) && this.#counted < MAX_COUNTED; count += 1) {
      this.#counted += 1;
      passed.add(next);
      next = readField(next, 'cause');
      if (!isCause(next) || passed.has(next) || (isObject(next) && this.#known.has(next))) break;
    }
    return count;
  }
}

/** What an error has that is told once already. */
const NAMED_ONLY = {
  head: undefined,
  frames: undefined,
  causes: NO_CAUSES,
  omittedCauses: 0,
  isRepeated: true,
} as const;

/** What an error holds; members that are too many are counted in its description. Undefined: nothing. */
function nestedIn(error: object, told: CauselessError): Nested[] | undefined {
  const cause = readField(error, 'cause');
  const members = readField(error, 'errors');
  const isSuppressed = told.exceptionType === 'SuppressedError';
  const isEvent = told.frames === undefined && told.head === undefined;
  if (cause === undefined && members === undefined && !isSuppressed && !isEvent) return undefined;
  const nested: Nested[] = [];
  if (isCause(cause)) nested.push({ relation: 'cause', value: cause });
  if (isSuppressed || isEvent) {
    const inner = readField(error, 'error');
    if (isSuppressed ? isCause(inner) : isObject(inner)) nested.push({ relation: 'cause', value: inner });
  }
  if (isSuppressed) {
    const suppressed = readField(error, 'suppressed');
    if (isCause(suppressed)) nested.push({ relation: 'suppressed', value: suppressed });
  }
  addMembers(nested, members, told);
  return nested.length === 0 ? undefined : nested;
}

/** A function is no cause: with some libraries it is the method that gives it. */
function isCause(value: unknown): boolean {
  return value !== undefined && value !== null && value !== UNREADABLE && typeof value !== 'function';
}

/** Of an AggregateError all members; other errors have lists of that name too, of which those that hold messages are meant. */
function addMembers(nested: Nested[], members: unknown, told: CauselessError): void {
  try {
    if (!Array.isArray(members)) return;
    const count = members.length;
    const isAggregate = told.exceptionType === 'AggregateError';
    let found = 0;
    for (let index = 0; index < count && found < MAX_MEMBERS; index += 1) {
      const value = readField(members, index);
      if (!isAggregate && !(isObject(value) && typeof readField(value, 'message') === 'string')) return;
      found += 1;
      nested.push({ relation: 'member', value });
    }
    told.omittedCauses += count - found;
  } catch {
    // a proxy that is revoked, or refuses
  }
}
