import { Subject, type SubjectKind } from './subject.js';

/**
 * Features, or releases, by name: at most so many, and the one used longest ago leaves for a new one. Those of one day leave
 * before those that have been there on several: a program that makes names of ids must not drive the others out.
 */
export class Subjects {
  readonly #byName = new Map<string, Subject>();

  constructor(
    private readonly kind: SubjectKind,
    private readonly max: number,
    private readonly leaves: (subject: Subject) => void,
  ) {}

  get size(): number {
    return this.#byName.size;
  }

  values(): Iterable<Subject> {
    return this.#byName.values();
  }

  find(name: string): Subject | undefined {
    return this.#byName.get(name);
  }

  /** @param lastUsedMillis when it is used: what was used before that makes room for it */
  get(name: string, lastUsedMillis: number): Subject {
    let subject = this.#byName.get(name);
    if (subject === undefined) {
      subject = new Subject(this.kind, name);
      this.#byName.set(name, subject);
    }
    subject.lastUsedMillis = Math.max(subject.lastUsedMillis, lastUsedMillis);
    if (this.#byName.size > this.max) this.#evictBeside(subject);
    return subject;
  }

  /**
   * The same for something that comes late, with so many days: undefined where all others stay before it and there is no
   * room.
   */
  getLate(name: string, lastUsedMillis: number, days: number): Subject | undefined {
    if (this.#byName.size >= this.max && !this.#byName.has(name)) {
      const first = this.#firstToLeave();
      if (first !== undefined && leavesBefore({ days: { size: days }, lastUsedMillis }, first)) return undefined;
    }
    return this.get(name, lastUsedMillis);
  }

  delete(subject: Subject): void {
    if (this.#byName.get(subject.name) === subject) this.#byName.delete(subject.name);
  }

  #evictBeside(stays: Subject): void {
    const first = this.#firstToLeave(stays);
    if (first === undefined) return;
    this.#byName.delete(first.name);
    this.leaves(first);
  }

  /** @param stays is not meant: it may well look older than others, as the clock may have been set back */
  #firstToLeave(stays?: Subject): Subject | undefined {
    let first: Subject | undefined;
    for (const subject of this.#byName.values()) {
      if (subject !== stays && (first === undefined || leavesBefore(subject, first))) first = subject;
    }
    return first;
  }
}

/** What the order in which they leave depends on. */
interface Leaving {
  readonly days: { readonly size: number };
  readonly lastUsedMillis: number;
}

function leavesBefore(one: Leaving, other: Leaving): boolean {
  const isKnown = one.days.size > 1;
  if (isKnown !== other.days.size > 1) return !isKnown;
  return one.lastUsedMillis < other.lastUsedMillis;
}
