import type { FlagVariant } from './flag-variants.js';

interface Evaluation {
  readonly variant: FlagVariant;
  /** For whom; undefined: for nobody in particular. */
  readonly user: string | undefined;
  readonly millis: number;
}

const MAX_SUBJECTS = 10_000;
const MAX_FLAGS = 32;
const KEPT_MILLIS = 86_400_000;
const NONE: readonly FlagVariant[] = [];

/** The last evaluations of each user, and those in each trace: under which variants work is done that begins now. */
export class RecentEvaluations {
  /** Users and traces that left because newer ones came, and flags that one of them has too many of. */
  dropped = 0;
  readonly #byUser = new Map<string, Evaluation[]>();
  readonly #byTrace = new Map<string, Evaluation[]>();

  add(variant: FlagVariant, user: string | undefined, trace: string | undefined, millis: number): void {
    const evaluation = { variant, user, millis };
    if (user !== undefined) this.#remember(this.#byUser, user, evaluation);
    if (trace !== undefined) this.#remember(this.#byTrace, trace, evaluation);
  }

  /** The last variant of each flag: the user's own, else the trace's, unless that was another user's. */
  of(user: string | undefined, trace: string | undefined, millis: number): readonly FlagVariant[] {
    const own = user === undefined ? undefined : this.#byUser.get(user);
    const ofTrace = trace === undefined ? undefined : this.#byTrace.get(trace);
    if (own === undefined && ofTrace === undefined) return NONE;
    const byFlag = new Map<string, FlagVariant>();
    for (const { variant, user: whose, millis: when } of ofTrace ?? []) {
      const isOfAnother = user !== undefined && whose !== undefined && whose !== user;
      if (!isOfAnother && isFresh(when, millis)) byFlag.set(variant.flag, variant);
    }
    for (const { variant, millis: when } of own ?? []) {
      if (isFresh(when, millis)) byFlag.set(variant.flag, variant);
    }
    return [...byFlag.values()];
  }

  #remember(subjects: Map<string, Evaluation[]>, subject: string, evaluation: Evaluation): void {
    const known = subjects.get(subject);
    const list = known?.filter(({ variant }) => variant.flag !== evaluation.variant.flag) ?? [];
    list.push(evaluation);
    if (list.length > MAX_FLAGS) {
      list.shift();
      this.dropped += 1;
    }
    // the least recently evaluated stands first
    if (known !== undefined) subjects.delete(subject);
    else if (subjects.size >= MAX_SUBJECTS) {
      subjects.delete(subjects.keys().next().value as string);
      this.dropped += 1;
    }
    subjects.set(subject, list);
  }
}

function isFresh(then: number, now: number): boolean {
  return Math.abs(now - then) < KEPT_MILLIS;
}
