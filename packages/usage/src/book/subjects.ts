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

  /** The same for something that comes late: undefined where all others were used after it and there is no room. */
  getLate(name: string, lastUsedMillis: number): Subject | undefined {
    if (this.#byName.size >= this.max && !this.#byName.has(name)) {
      const oldest = this.#oldest();
      if (oldest !== undefined && oldest.lastUsedMillis > lastUsedMillis) return undefined;
    }
    return this.get(name, lastUsedMillis);
  }

  delete(subject: Subject): void {
    if (this.#byName.get(subject.name) === subject) this.#byName.delete(subject.name);
  }

  #evictBeside(stays: Subject): void {
    const oldest = this.#oldest(stays);
    if (oldest === undefined) return;
    this.#byName.delete(oldest.name);
    this.leaves(oldest);
  }

  /** @param stays is not meant: it may well look older than others, as the clock may have been set back */
  #oldest(stays?: Subject): Subject | undefined {
    let oldest: Subject | undefined;
    for (const subject of this.#byName.values()) {
      if (subject === stays) continue;
      if (oldest === undefined || subject.lastUsedMillis < oldest.lastUsedMillis) oldest = subject;
    }
    return oldest;
  }
}
