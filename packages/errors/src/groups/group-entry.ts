import { ERROR_SEVERITIES } from '@otel-monitor/semconv';
import { areUserCounts } from './affected-users.js';
import { areWindowCounts } from './count-windows.js';
import type { GroupName } from './error-groups.js';
import { areOperationCounts } from './frequent-operations.js';
import type { GroupCounts } from './group-counts.js';
import { isSampleText } from './sample-text.js';

/** Raised when an entry changes its shape. */
export const GROUP_ENTRY_VERSION = 1;

const ID = /^[\w.-]{1,64}$/;
const MAX_TITLE = 256;
const MAX_STACK = 16_384;
const MAX_SAMPLES = 50;
const MAX_ALIASES = 16;
const MAX_RELEASE = 256;
/** A clock may be set; further ahead than this an entry would stay for ever. */
const MAX_AHEAD_MILLIS = 24 * 3_600_000;

/** A group as it is kept outside of the process: plain data. */
export interface GroupEntry extends GroupName, GroupCounts {
  readonly aliases?: readonly string[] | undefined;
}

export function isGroupId(given: unknown): given is string {
  return typeof given === 'string' && ID.test(given);
}

/**
 * Whether what was kept is a group: every field is looked at, so that a damaged or made-up one can neither throw later nor
 * let anything grow without bound.
 */
export function isGroupEntry(given: unknown, now: number): given is GroupEntry {
  if (typeof given !== 'object' || given === null) return false;
  const entry = given as { readonly [Key in keyof GroupEntry]?: unknown };
  return (
    isText(entry.errorType, MAX_TITLE) &&
    isText(entry.exceptionType, MAX_TITLE) &&
    isText(entry.title, MAX_TITLE) &&
    isOptional(entry.code, (code) => isText(code, MAX_TITLE)) &&
    isOptional(entry.culprit, (culprit) => isText(culprit, MAX_TITLE)) &&
    isOptional(entry.stack, (stack) => isText(stack, MAX_STACK)) &&
    typeof entry.isStackShortened === 'boolean' &&
    areSeverities(entry.severities, entry.count) &&
    isTime(entry.firstSeen, now) &&
    isTime(entry.lastSeen, now) &&
    entry.firstSeen <= entry.lastSeen &&
    isOptional(entry.firstRelease, (release) => isText(release, MAX_RELEASE)) &&
    isOptional(entry.lastRelease, (release) => isText(release, MAX_RELEASE)) &&
    isOptional(entry.resolvedAt, (at) => isTime(at, now)) &&
    isOptional(entry.regressedAt, (at) => isTime(at, now)) &&
    areWindowCounts(entry.windows, now + MAX_AHEAD_MILLIS) &&
    isOptional(entry.users, areUserCounts) &&
    isOptional(entry.operations, areOperationCounts) &&
    isList(entry.samples, MAX_SAMPLES, isSampleText) &&
    isCount(entry.samplesSeen) &&
    isOptional(entry.aliases, (aliases) => isList(aliases, MAX_ALIASES, isGroupId))
  );
}

function areSeverities(given: unknown, count: unknown): boolean {
  const counts = ERROR_SEVERITIES.map((severity) => (given as Record<string, unknown> | undefined | null)?.[severity]);
  return isCount(count) && count > 0 && counts.every(isCount) && counts.reduce((sum, one) => sum + one, 0) === count;
}

function isOptional(given: unknown, is: (given: unknown) => boolean): boolean {
  return given === undefined || is(given);
}

function isList(given: unknown, most: number, is: (given: unknown) => boolean): boolean {
  return Array.isArray(given) && given.length <= most && given.every(is);
}

function isText(given: unknown, most: number): given is string {
  return typeof given === 'string' && given.length <= most;
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}

function isTime(given: unknown, now: number): given is number {
  return typeof given === 'number' && given >= 0 && given <= now + MAX_AHEAD_MILLIS;
}
