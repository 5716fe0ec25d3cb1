import { HyperLogLog } from '../sketch/hyper-log-log.js';
import { SketchLog } from './sketch-log.js';

/** A key that changes more often than that in a day is an error somewhere. */
const MAX_KEYS = 4;

/** The users of one day and thing: a sketch for each key that their ids were hashed with. */
export class UserSketches {
  readonly #logs: SketchLog[] = [];

  /** The sketches with what of them is not yet written. */
  get logs(): readonly SketchLog[] {
    return this.#logs;
  }

  get bytes(): number {
    return this.#logs.reduce((sum, log) => sum + log.bytes, 0);
  }

  /** Gives whether anything changed; the codes of a fifth key are left out. */
  add(keyId: string, code: number): boolean {
    return this.ofKey(keyId)?.add(code) ?? false;
  }

  /** The sketch of a key, a new one where there is none; undefined where there are too many. */
  ofKey(keyId: string): SketchLog | undefined {
    for (const log of this.#logs) if (log.keyId === keyId) return log;
    if (this.#logs.length >= MAX_KEYS) return undefined;
    const log = new SketchLog(keyId);
    this.#logs.push(log);
    return log;
  }

  /** Takes a sketch away, whose users come again under another key. */
  forget(keyId: string): SketchLog | undefined {
    const index = this.#logs.findIndex((log) => log.keyId === keyId);
    return index < 0 ? undefined : this.#logs.splice(index, 1)[0];
  }

  coarsen(precision: number): void {
    for (const log of this.#logs) log.coarsen(precision);
  }

  /** Holds them as text until they change. */
  pack(): void {
    for (const log of this.#logs) log.pack();
  }

  /** Who met two keys counts twice: nobody can tell. */
  estimate(): number {
    return this.#logs.reduce((sum, log) => sum + log.sketch.estimate(), 0);
  }
}

/** The users of several days or things together. */
export class UserUnion {
  readonly #sketches = new Map<string, HyperLogLog>();
  #atLeast = 0;

  /** Where the sketch of a day is gone, the union is not less than what is known of it. */
  add({ users, forgottenUsers }: { readonly users: UserSketches; readonly forgottenUsers: number }): void {
    this.#atLeast = Math.max(this.#atLeast, forgottenUsers);
    for (const { keyId, sketch } of users.logs) {
      const union = this.#sketches.get(keyId) ?? new HyperLogLog();
      union.merge(sketch);
      this.#sketches.set(keyId, union);
    }
  }

  /** Rounded to whole users. */
  count(): number {
    let sum = 0;
    for (const sketch of this.#sketches.values()) sum += sketch.estimate();
    return Math.round(Math.max(sum, this.#atLeast));
  }
}
