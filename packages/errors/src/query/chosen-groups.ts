import type { ErrorGroup } from '../groups/error-group.js';
import type { ErrorGroups } from '../groups/error-groups.js';
import { ERROR_GROUP_SORTS, type ErrorGroupSort, type ErrorGroupsOptions } from './error-groups-options.js';
import { trendOfGroup } from './view-group.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 10_000;

type Given = { readonly [Key in keyof ErrorGroupsOptions]?: unknown };

/** The groups that fit, in order, as many as were asked for. Total on any options. */
export function chosenGroups(groups: ErrorGroups, options: unknown, now: number): ErrorGroup[] {
  const given = readOptions(options);
  const since = given.since === undefined ? undefined : timeOf(given.since);
  const chosen: ErrorGroup[] = [];
  for (const group of groups.all) {
    if (given.severity !== undefined && group.severity !== given.severity) continue;
    if (given.operation !== undefined && group.operations?.has(given.operation as string) !== true) continue;
    if (given.release !== undefined && group.firstRelease !== given.release && group.lastRelease !== given.release) {
      continue;
    }
    // a time that is none is later than all
    if (since !== undefined && !(group.lastSeen >= since)) continue;
    if (given.trend !== undefined && trendOfGroup(group, groups.windows.read(group.row, now), now) !== given.trend) {
      continue;
    }
    chosen.push(group);
  }
  const offset = wholeNumber(given.offset, 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const limit = wholeNumber(given.limit, 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  return sorted(chosen, sortOf(given.sort), groups, now).slice(offset, offset + limit);
}

/** Highest first; of equal ones the one seen last. */
function sorted(chosen: ErrorGroup[], sort: ErrorGroupSort, groups: ErrorGroups, now: number): ErrorGroup[] {
  return chosen
    .map((group) => {
      const [first, second] = sortKeys(group, sort, groups, now);
      return { group, first, second };
    })
    .sort((a, b) => b.first - a.first || b.second - a.second || b.group.lastSeen - a.group.lastSeen)
    .map(({ group }) => group);
}

type SortKeys = readonly [number, number];

function sortKeys(group: ErrorGroup, sort: ErrorGroupSort, groups: ErrorGroups, now: number): SortKeys {
  switch (sort) {
    case 'last_seen':
      return [group.lastSeen, 0];
    case 'first_seen':
      return [group.firstSeen, 0];
    case 'count':
      return [group.count, 0];
    case 'users':
      return [group.users?.size ?? 0, group.count];
    case 'rate': {
      const { hour, day } = groups.windows.read(group.row, now);
      return [hour, day];
    }
  }
}

function readOptions(options: unknown): Given {
  if (typeof options !== 'object' || options === null) return {};
  const read: { -readonly [Key in keyof Given]: unknown } = {};
  for (const key of ['severity', 'operation', 'release', 'trend', 'since', 'sort', 'limit', 'offset'] as const) {
    try {
      read[key] = (options as Given)[key];
    } catch {
      // what cannot be read cannot be understood: a filter then fits nothing
      read[key] = Number.NaN;
    }
  }
  return read;
}

/** Milliseconds since 1970; not a number where it is no time. */
function timeOf(since: unknown): number {
  try {
    if (typeof since === 'number') return since;
    if (typeof since === 'string') return Date.parse(since);
    return since instanceof Date ? since.getTime() : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

function sortOf(given: unknown): ErrorGroupSort {
  return ERROR_GROUP_SORTS.includes(given as ErrorGroupSort) ? (given as ErrorGroupSort) : 'last_seen';
}

function wholeNumber(given: unknown, least: number, most: number): number | undefined {
  return Number.isSafeInteger(given) && (given as number) >= least && (given as number) <= most
    ? (given as number)
    : undefined;
}
