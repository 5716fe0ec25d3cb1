import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { processWide } from '@otel-monitor/runtime';
import { DayBook } from '../days/day-book.js';
import type { VariantKey } from '../funnels/workflow-counts.js';
import { EarlyUsers } from '../users/early-users.js';
import { UserCodes } from '../users/user-codes.js';
import { userIdText } from '../users/user-id.js';
import { FlagCounts } from './flag-counts.js';
import { type FlagVariant, FlagVariants } from './flag-variants.js';
import { givenVariants } from './given-variants.js';
import { RecentEvaluations } from './recent-evaluations.js';
import type { VariantUsers } from './variant-users.js';

/** What did not fit, since the process began. */
export interface FlagLosses {
  /** Evaluations and uses counted under `_OTHER`, because their flag or variant found no room. */
  readonly variants: number;
  /** Users, traces and flags of theirs that were forgotten for newer ones: work of theirs is linked to no variant. */
  readonly forgotten: number;
  /** Days that left before their time. */
  readonly days: number;
  /** Evaluations of which a hook was told nothing that it can read. */
  readonly unreadable: number;
}

const NONE: readonly FlagVariant[] = [];
const NO_KEYS: readonly VariantKey[] = [];

/** All that is known of feature flags in this process: what was evaluated lately, and what is counted by flag and day. */
export class FlagStore {
  readonly book = new DayBook<FlagCounts>('usage-flags', 1, {
    create: () => new FlagCounts(),
    read: FlagCounts.read,
    settle: () => this.#codes.settle(),
  });
  unreadable = 0;
  readonly #variants = new FlagVariants();
  readonly #recent = new RecentEvaluations();
  readonly #codes = new UserCodes((replaced, keyId) => this.#countAgain(replaced, keyId));
  readonly #early = new EarlyUsers<VariantUsers>();
  /** Until a flag was evaluated, nobody need be asked for a trace. */
  #hasEvaluated = false;

  get losses(): FlagLosses {
    const { names, days } = this.book.losses;
    return {
      variants: this.#variants.refused + names,
      forgotten: this.#recent.dropped,
      days,
      unreadable: this.unreadable,
    };
  }

  /** Counts an evaluation, and remembers it for what the user does next, and for what is done in this trace. */
  evaluated(flag: unknown, variant: string, errorType: string | undefined, user: unknown): void {
    this.#hasEvaluated = true;
    const known = this.#variants.of(flag, variant);
    const id = userIdText(user);
    const counts = this.book.today(known.flag).open();
    counts.evaluated(known.variant, errorType);
    if (id !== undefined) this.#count(counts.of(known.variant).users, id);
    this.#recent.add(known, id, activeTraceId(), performance.now());
  }

  /** Counts a use of a feature for the variants that it happens under. Never throws, whatever it is given. */
  used(feature: string, isFailed: boolean, user: unknown, given: unknown): void {
    for (const { flag, variant } of this.#under(user, given)) {
      this.book
        .today(flag)
        .open()
        .used(variant, feature, 1, isFailed ? 1 : 0);
    }
  }

  /** The variants that work which begins now happens under. Never throws, whatever it is given. */
  keysUnder(user: unknown, given: unknown): readonly VariantKey[] {
    const under = this.#under(user, given);
    return under.length === 0 ? NO_KEYS : under.map(({ key }) => key);
  }

  #count(users: VariantUsers, id: string): void {
    const { keyId } = this.#codes;
    users.add(keyId, this.#codes.of(id));
    if (this.#codes.isProcessKey) this.#early.add(users, id, Date.now());
  }

  /** The key has come: who came before it is counted under it, and not under the one that stood for it. */
  #countAgain(replaced: string, keyId: string): void {
    for (const [users, ids] of this.#early.take()) {
      users.forget(replaced);
      for (const id of ids) users.add(keyId, this.#codes.of(id));
    }
  }

  #under(user: unknown, given: unknown): readonly FlagVariant[] {
    if (given !== undefined) {
      const byHand = givenVariants(given, this.#variants);
      if (byHand !== undefined) return byHand;
    }
    if (!this.#hasEvaluated) return NONE;
    return this.#recent.of(userIdText(user), activeTraceId(), performance.now());
  }
}

/** The trace that is active, whether it is sampled or not. */
function activeTraceId(): string | undefined {
  try {
    const span = trace.getSpanContext(context.active());
    return span !== undefined && isSpanContextValid(span) ? span.traceId : undefined;
  } catch {
    // a foreign context manager that throws must not reach the application
    return undefined;
  }
}

/** The one store of the process. */
export const flagStore: FlagStore = processWide('feature-flags', () => new FlagStore());
