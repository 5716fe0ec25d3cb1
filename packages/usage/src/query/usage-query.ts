import { cleanName, readOption } from '@otel-monitor/runtime';
import { retentionDays } from '../book/retention-days.js';
import type { Subject } from '../book/subject.js';
import type { UsageBook } from '../book/usage-book.js';
import { utcDay } from '../book/utc-day.js';
import { type FlagStore, flagStore } from '../flags/flag-store.js';
import { type FlagQuery, type FlagUsage, flagUsage } from '../flags/flag-usage.js';
import type { WorkflowFunnel } from '../funnels/workflow-funnel.js';
import { type WorkflowQuery, workflowFunnel, workflowFunnels } from '../funnels/workflow-query.js';
import { type WorkflowStore, workflowStore } from '../funnels/workflow-store.js';
import { type ActiveUsersByDay, activeUsers, usersByDay } from './active-users.js';
import { type FeatureOrder, sortFeatures } from './feature-order.js';
import { type FeatureUsage, type FeatureUsageDetail, featureUsage, featureUsageDetail } from './feature-usage.js';
import { cellsOf, daysUntil, type Period } from './period.js';
import { MONTH_DAYS, readCount, readSince } from './query-options.js';
import { type ReleaseUsage, releaseUsage } from './release-usage.js';
import { type UsageLosses, type UsageSummary, usageSummary } from './usage-summary.js';
import { UsersOfSubject, usersOf } from './users-of-subject.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

/** Since when: a `Date`, ISO 8601 text or milliseconds since 1970. Default: 28 days, today included. */
export type Since = Date | string | number;

/** Which features are wanted. */
export interface FeaturesOptions {
  readonly since?: Since | undefined;
  /** Default: `uses`. All but `name` in descending order. */
  readonly sort?: FeatureOrder | undefined;
  /** 0 to 500, default 50. */
  readonly limit?: number | undefined;
}

/** How many days are wanted: 1 to what is kept, today included, default 28. */
export interface DaysOptions {
  readonly days?: number | undefined;
}

/**
 * What is known of the use of the service. What is given is a copy, read-only, and can be written as JSON: days are
 * `2026-11-24` in UTC, times ISO 8601, durations seconds, shares 0 to 1. No method throws, whatever it is given.
 */
export class UsageQuery {
  readonly #book: UsageBook;
  readonly #workflows: WorkflowStore;
  readonly #flags: FlagStore;
  readonly #losses: () => UsageLosses;

  /**
   * @param workflows default: those of the process, and so the flags
   * @param losses default: those of `workflows` and `flags`
   */
  constructor(
    book: UsageBook,
    workflows: WorkflowStore = workflowStore,
    flags: FlagStore = flagStore,
    losses: () => UsageLosses = () => ({ workflows: workflows.losses, flags: flags.losses }),
  ) {
    this.#book = book;
    this.#workflows = workflows;
    this.#flags = flags;
    this.#losses = losses;
  }

  /** The service at a glance. */
  summary(): UsageSummary {
    return usageSummary(this.#book, this.#today(), this.#losses());
  }

  /** The features that were used since then. */
  features(options?: FeaturesOptions): FeatureUsage[] {
    const period = this.#since(readOption(options, 'since'));
    const limit = readCount(readOption(options, 'limit'), DEFAULT_LIMIT, MAX_LIMIT);
    const used = [...this.#book.features.values()].filter((feature) => wasUsed(feature, period));
    const serviceUsers = usersOf(this.#book.service, period);
    return sortFeatures(used, readOption(options, 'sort'), period)
      .slice(0, limit)
      .map((feature) => featureUsage(feature, period, serviceUsers));
  }

  /** A feature with its actions and days; undefined when it was not used since then. */
  feature(name: string, options?: { readonly since?: Since | undefined }): FeatureUsageDetail | undefined {
    const period = this.#since(readOption(options, 'since'));
    const feature = this.#book.features.find(cleanName(name));
    if (feature === undefined || !wasUsed(feature, period)) return undefined;
    return featureUsageDetail(feature, period, usersOf(this.#book.service, period));
  }

  /** Active users of the service, and of each of the last days. */
  activeUsers(options?: DaysOptions): ActiveUsersByDay {
    const today = this.#today();
    const { first } = this.#lastDays(options);
    return {
      ...activeUsers(new UsersOfSubject(this.#book.service), today),
      days: usersByDay(this.#book.service, today, today - first + 1),
    };
  }

  /** The releases that ran on the last days, the latest first. */
  releases(options?: DaysOptions): ReleaseUsage[] {
    const period = this.#lastDays(options);
    const releases = [...this.#book.releases.values()].filter((release) => wasUsed(release, period));
    releases.sort((one, other) => (other.firstDay() ?? 0) - (one.firstDay() ?? 0));
    return releases.map((release) => releaseUsage(release, this.#book.service, period));
  }

  /** The funnels of all workflows, the one with most runs first. */
  workflows(options?: WorkflowQuery): WorkflowFunnel[] {
    return workflowFunnels(options, this.#workflows);
  }

  /** The funnel of one workflow; undefined when no run of it started in that time. */
  workflow(name: string, options?: WorkflowQuery): WorkflowFunnel | undefined {
    return workflowFunnel(name, options, this.#workflows);
  }

  /** The feature flags that were evaluated, and what was done under each of their variants. */
  flags(options?: FlagQuery): FlagUsage[] {
    return flagUsage(options, this.#flags, this.#workflows);
  }

  #today(): number {
    this.#book.users.settle();
    return utcDay(this.#book.now());
  }

  #since(given: unknown): Period {
    const last = this.#today();
    return { first: readSince(given, last, last - retentionDays() + 1), last };
  }

  #lastDays(options: unknown): Period {
    const days = readCount(readOption(options, 'days'), MONTH_DAYS, retentionDays());
    return daysUntil(this.#today(), Math.max(1, days));
  }
}

function wasUsed(subject: Subject, period: Period): boolean {
  return !cellsOf(subject, period).next().done;
}
