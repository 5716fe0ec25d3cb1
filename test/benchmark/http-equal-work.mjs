import { isDeepStrictEqual } from 'node:util';

/**
 * What the official instrumentations write and ours need not, by attribute, with the reason: anything else that ours lack ends
 * the run. What ours write beyond theirs is named in the notes; it costs ours alone.
 * @type {Record<string, string>}
 */
export const EXCUSED = {
  'http.request.method_original': 'the conventions have it only where the method is not a known one',
  'url.path': 'on client spans the conventions have url.full instead',
  'url.query': 'on client spans the conventions have url.full instead',
  'url.scheme': 'on client spans and metrics the conventions have it only when asked for',
  'user_agent.original': 'on client spans the conventions have it only when asked for',
};

/** Which request it was, and so another on each side. */
const DIFFERS_BY_RUN = new Set(['network.peer.port', 'server.port', 'url.full']);

/**
 * @typedef {{ name: string, kind: number, status: unknown, isRoot: boolean, hasIds: boolean, hasTimes: boolean, attributes: Record<string, unknown> }} Span
 * @typedef {{ name: string, unit: string, type: number, attributes: Record<string, unknown>, value: unknown }} Point
 * @typedef {{ spans: readonly Span[], points: readonly Point[] }} Work
 */

/**
 * Compares what was recorded for the same requests. Throws when a span or a metric point of theirs is not among ours with the
 * same values, but for what is excused.
 * @param {Work} theirs
 * @param {Work} ours
 * @param {{ requests: number, isClient: boolean }} made
 * @returns {string} what was compared and what differs, for the notes
 */
export function compareHttpWork(theirs, ours, { requests, isClient }) {
  for (const { spans } of [theirs, ours]) {
    if (spans.length !== requests) throw new Error(`${spans.length} spans of ${requests} arrived`);
    if (!spans.every(({ hasIds, hasTimes }) => hasIds && hasTimes)) throw new Error('spans without ids or times');
  }
  const excused = isClient ? Object.keys(EXCUSED) : [];
  const missing = new Set();
  const added = new Set();
  const compare = (/** @type {string} */ what, /** @type {any} */ their, /** @type {any} */ our) => {
    const { attributes: theirAttributes, ...theirRest } = their;
    const { attributes: ourAttributes, ...ourRest } = our;
    if (!isDeepStrictEqual(ourRest, theirRest)) throw different(what, theirRest, ourRest);
    for (const [key, value] of Object.entries(theirAttributes)) {
      if (!(key in ourAttributes)) {
        if (!excused.includes(key)) throw new Error(`${what}: ours have no ${key}`);
        missing.add(key);
      } else if (!DIFFERS_BY_RUN.has(key) && !isDeepStrictEqual(ourAttributes[key], value)) {
        throw different(`${what}: ${key}`, value, ourAttributes[key]);
      }
    }
    for (const key of Object.keys(ourAttributes)) if (!(key in theirAttributes)) added.add(key);
  };
  for (const [index, span] of theirs.spans.entries())
    compare('span', said(span), said(/** @type {Span} */ (ours.spans[index])));
  const metrics = new Set(ours.points.map(({ name }) => name));
  const compared = theirs.points.filter(isOfRequests);
  for (const point of compared) {
    const own = ours.points.find(
      ({ name, attributes }) => name === point.name && attributes['http.request.method'] === 'GET',
    );
    if (own === undefined) throw new Error(`ours have no ${point.name}`);
    compare(point.name, withoutText(point), withoutText(own));
    metrics.delete(point.name);
  }
  if (compared.length === 0) throw new Error('theirs have no metric point of a request');
  return [
    `${requests} spans and ${compared.length} metric point of each compared`,
    missing.size > 0
      ? `only theirs: ${[...missing].map((key) => `${key} (${EXCUSED[key]})`).join(', ')}`
      : 'ours lack none',
    ...(added.size > 0 ? [`only ours: ${[...added].join(', ')}`] : []),
    ...(metrics.size > 0 ? [`metrics of ours alone: ${[...metrics].join(', ')}`] : []),
  ].join('; ');
}

/** The requests of the exporter are not what is measured; the official instrumentation counts them. */
function isOfRequests(/** @type {Point} */ { attributes }) {
  return attributes['http.request.method'] === 'GET';
}

/** @param {Span} span */
function said({ name, kind, status, isRoot, attributes }) {
  return { name, kind, status, isRoot, attributes };
}

/** @param {Point} point */
function withoutText({ name, unit, type, attributes, value }) {
  return { name, unit, type, attributes, value };
}

/**
 * @param {string} what
 * @param {unknown} theirs
 * @param {unknown} ours
 */
function different(what, theirs, ours) {
  return new Error(`${what}: theirs ${JSON.stringify(theirs)}, ours ${JSON.stringify(ours)}`);
}
