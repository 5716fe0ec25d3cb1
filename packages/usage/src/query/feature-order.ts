import type { Subject } from '../book/subject.js';
import { type Period, usesOf } from './period.js';
import { usersOf } from './users-of-subject.js';

/** What features are sorted by. */
export type FeatureOrder = 'uses' | 'users' | 'failures' | 'last_used' | 'name';

/** Sorts them, equal ones by name; by uses where the order is none. */
export function sortFeatures(features: readonly Subject[], order: unknown, period: Period): Subject[] {
  const keyed = features.map((feature) => ({ feature, rank: rankBy(order, feature, period) }));
  keyed.sort((one, other) => other.rank - one.rank || (one.feature.name < other.feature.name ? -1 : 1));
  return keyed.map(({ feature }) => feature);
}

function rankBy(order: unknown, feature: Subject, period: Period): number {
  switch (order) {
    case 'name':
      return 0;
    case 'users':
      return usersOf(feature, period);
    case 'last_used':
      return feature.lastUsedMillis;
    case 'failures':
      return usesOf(feature, period).failures;
    default:
      return usesOf(feature, period).uses;
  }
}
