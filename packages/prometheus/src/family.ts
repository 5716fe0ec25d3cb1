import type { Series } from '@otel-monitor/bound-metrics';
import type { Label } from './label-set.js';

/** The types of metric families that come out of OpenTelemetry's data. */
export type FamilyType = 'counter' | 'gauge' | 'histogram';

/** One metric of one scope that is part of a family. */
export interface FamilyMember {
  /** Name in OpenTelemetry, to tell problems by. */
  readonly metric: string;
  /** Its data points, of whatever kind the family's type says, unread; none when it is bound. */
  readonly points: readonly unknown[];
  /** Its series when they are read where they are recorded; none otherwise. */
  readonly bound: readonly Series[];
  readonly scopeLabels: readonly Label[];
}

/** All that is shown under one name: one HELP, one TYPE, the series of one or more scopes. */
export interface Family {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  /** UCUM unit of its first metric. */
  readonly unit: string;
  readonly members: FamilyMember[];
}

/** How many series a member would show. */
export function seriesOf({ points, bound }: FamilyMember): number {
  return points.length + bound.length;
}

/** Names of the samples that a family writes, its own among them though a histogram has no sample of that name. */
export function sampleNames({ name, type }: Pick<Family, 'name' | 'type'>): string[] {
  return type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
