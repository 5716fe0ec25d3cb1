import type { Layer } from './layer.js';

/** Where a parameter's value stands in a path, and what stands for it in the template. */
export interface Position {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Matcher = NonNullable<Layer['matchers']>[number];

/** Are matched by whatever matches words or numbers; the second where the first is what came. */
const PROBES = ['70707', '80808'] as const;

/** A longer path is not probed: each place is tried. */
const MAX_PROBED_LENGTH = 256;

const withIndices = new WeakMap<RegExp, RegExp>();

/** Where the parameters of a layer stand in the path that it matched; undefined: that cannot be told. */
export function parameterPositions(layer: Layer, path: string): Position[] | undefined {
  if (layer.regexp !== undefined) return groupPositions(layer.regexp, layer.keys ?? [], path);
  if (path.length > MAX_PROBED_LENGTH) return undefined;
  const matcher = layer.matchers?.find((matches) => matches(path) !== false);
  return matcher === undefined ? undefined : probedPositions(matcher, path);
}

/** Express 4: the regular expression itself tells where its groups matched. */
function groupPositions(regexp: RegExp, keys: NonNullable<Layer['keys']>, path: string): Position[] | undefined {
  let indexed = withIndices.get(regexp);
  if (indexed === undefined) {
    indexed = new RegExp(regexp.source, `${regexp.flags.replaceAll('d', '')}d`);
    withIndices.set(regexp, indexed);
  }
  const spans = indexed.exec(path)?.indices;
  if (spans === undefined) return undefined;
  const positions: Position[] = [];
  let from = 0;
  spans.slice(1).forEach((span, group) => {
    // a group within a group is part of it
    if (span === undefined || span[0] < from) return;
    const name = keys[group]?.name;
    positions.push({ start: span[0], end: span[1], text: typeof name === 'string' ? `:${name}` : '*' });
    from = span[1];
  });
  return positions;
}

/** Express 5 before it kept what it was given: a value stands where another one in its place is matched as that parameter. */
function probedPositions(matcher: Matcher, path: string): Position[] | undefined {
  const match = matcher(path);
  if (match === false) return undefined;
  const positions: Position[] = [];
  let from = 0;
  for (const [name, value] of Object.entries(match.params)) {
    if (value === undefined) continue;
    const span = candidates(path, textOf(value), from).find((found) => isValueOf(matcher, path, name, found));
    if (span === undefined) return undefined;
    positions.push({ start: span[0], end: span[1], text: Array.isArray(value) ? `*${name}` : `:${name}` });
    from = span[1];
  }
  return positions;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join('/') : String(value);
}

/** Wherever a value may stand: as it is; or encoded, as whole segments. */
function candidates(path: string, value: string, from: number): [number, number][] {
  const found: [number, number][] = [];
  if (value === '') return found;
  for (let start = path.indexOf(value, from); start >= 0; start = path.indexOf(value, start + 1)) {
    found.push([start, start + value.length]);
  }
  if (!path.includes('%')) return found;
  const slashes = [...path.matchAll(/\/|$/g)].map(({ index }) => index);
  for (const start of slashes.map((slash) => slash + 1).filter((position) => position >= from)) {
    const end = slashes.find((slash) => slash > start && decoded(path.slice(start, slash)) === value);
    if (end !== undefined) found.push([start, end]);
  }
  return found;
}

function isValueOf(matcher: Matcher, path: string, name: string, [start, end]: [number, number]): boolean {
  const probe = path.slice(start, end) === PROBES[0] ? PROBES[1] : PROBES[0];
  const probed = path.slice(0, start) + probe + path.slice(end);
  const match = matcher(probed);
  return match !== false && match.path === probed && textOf(match.params[name]) === probe;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
