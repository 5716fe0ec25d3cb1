import { type DayCounts, OTHER_NAME } from '../days/day-book.js';
import { readCounts } from '../funnels/outcomes.js';
import { VariantUsers } from './variant-users.js';

/** Uses of a feature under a variant. */
export interface LinkedUses {
  uses: number;
  failed: number;
}

/** What is counted of one variant of a flag on one day. */
export interface VariantCounts {
  evaluations: number;
  /** Those with a targeting key. */
  readonly users: VariantUsers;
  readonly features: Map<string, LinkedUses>;
}

/** The counts as JSON holds them. */
export interface FlagCountsValue {
  readonly variants: readonly (readonly [
    variant: string,
    evaluations: number,
    features: readonly (readonly [feature: string, uses: number, failed: number])[],
    users: readonly (readonly [keyId: string, sketch: string])[],
  ])[];
  readonly failures: readonly (readonly [errorType: string, evaluations: number])[];
}

/** One more than a flag has variants in a process: `_OTHER`. */
const MAX_VARIANTS = 21;
const MAX_FEATURES = 50;
const MAX_FAILURES = 50;
const MAX_NAME = 256;

/** What is counted of one flag on one day. */
export class FlagCounts implements DayCounts {
  readonly variants = new Map<string, VariantCounts>();
  /** Evaluations that failed, by `error.type`. */
  readonly failures = new Map<string, number>();

  evaluated(variant: string, errorType: string | undefined, times = 1): void {
    this.of(variant).evaluations += times;
    if (errorType !== undefined) this.failedWith(errorType, times);
  }

  used(variant: string, feature: string, uses: number, failed: number): void {
    const linked = bounded(this.of(variant).features, feature, MAX_FEATURES, () => ({ uses: 0, failed: 0 }));
    linked.uses += uses;
    linked.failed += failed;
  }

  failedWith(errorType: string, times: number): void {
    const key = this.failures.has(errorType) || this.failures.size < MAX_FAILURES ? errorType : OTHER_NAME;
    this.failures.set(key, (this.failures.get(key) ?? 0) + times);
  }

  /** The name that a variant is counted under. */
  nameOf(variant: string): string {
    this.of(variant);
    return this.variants.has(variant) ? variant : OTHER_NAME;
  }

  of(variant: string): VariantCounts {
    return bounded(this.variants, variant, MAX_VARIANTS, () => ({
      evaluations: 0,
      users: new VariantUsers(),
      features: new Map(),
    }));
  }

  merge(other: FlagCounts): void {
    for (const [variant, { evaluations, users, features }] of other.variants) {
      const into = this.of(variant);
      into.evaluations += evaluations;
      into.users.merge(users);
      for (const [feature, { uses, failed }] of features) this.used(variant, feature, uses, failed);
    }
    for (const [errorType, times] of other.failures) this.failedWith(errorType, times);
  }

  release(): void {
    // it takes nothing from bounds that others share
  }

  toValue(): FlagCountsValue {
    return {
      variants: [...this.variants].map(([variant, { evaluations, users, features }]) => [
        variant,
        evaluations,
        [...features].map(([feature, { uses, failed }]) => [feature, uses, failed]),
        users.toValue(),
      ]),
      failures: [...this.failures],
    };
  }

  /** Counts from what `toValue` gave; undefined when it is damaged in any part. Total on what JSON can hold. */
  static read(value: unknown): FlagCounts | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { variants, failures } = value as Record<string, unknown>;
    const counts = new FlagCounts();
    const areVariants = everyNamed(variants, MAX_VARIANTS + 1, ([variant, evaluations, features, given]) => {
      const read = readCounts([evaluations], 1);
      const users = VariantUsers.read(given);
      if (read === undefined || users === undefined) return false;
      counts.of(variant).users.merge(users);
      counts.evaluated(variant, undefined, read[0]);
      return everyNamed(features, MAX_FEATURES + 1, ([feature, uses, failed]) => {
        const linked = readCounts([uses, failed], 2);
        if (linked === undefined) return false;
        counts.used(variant, feature, linked[0] ?? 0, linked[1] ?? 0);
        return true;
      });
    });
    const areFailures = everyNamed(failures, MAX_FAILURES + 1, ([errorType, times]) => {
      const read = readCounts([times], 1);
      if (read !== undefined) counts.failedWith(errorType, read[0] ?? 0);
      return read !== undefined;
    });
    return areVariants && areFailures ? counts : undefined;
  }
}

function everyNamed(given: unknown, most: number, read: (item: [string, ...unknown[]]) => boolean): boolean {
  if (!Array.isArray(given) || given.length > most) return false;
  return given.every((item) => {
    const name = Array.isArray(item) ? item[0] : undefined;
    return typeof name === 'string' && name !== '' && name.length <= MAX_NAME && read(item);
  });
}

function bounded<T>(map: Map<string, T>, key: string, most: number, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const kept = map.size < most ? key : OTHER_NAME;
  const made = map.get(kept) ?? make();
  map.set(kept, made);
  return made;
}
