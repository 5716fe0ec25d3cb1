import { Subject, type SubjectKind } from './subject.js';

/** Features, or releases, by name: at most so many, and the one used longest ago leaves for a new one. */
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

  delete(subject: Subject): void {
    if (this.#byName.get(subject.name) === subject) this.#byName.delete(subject.name);
  }

  /** The one that is to stay may well look older: the clock may have been set back. */
  #evictBeside(stays: Subject): void {
    let oldest: Subject | undefined;
    for (const subject of this.#byName.values()) {
      if (subject === stays) continue;
      if (oldest === undefined || subject.lastUsedMillis < oldest.lastUsedMillis) oldest = subject;
    }
    if (oldest === undefined) return;
    this.#byName.delete(oldest.name);
    this.leaves(oldest);
  }
}
