import { decodeTraceRequest } from './otlp-trace-request.mjs';

/**
 * A request as the sink keeps it, its body unpacked and in base64.
 * @typedef {{ path: string, contentType: string, body: string }} Kept
 */

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;

/**
 * The spans of OTLP requests, JSON or protobuf, in the order of their `sprites`: all but what differs from run to run. Ids
 * and times are checked instead: two sides that both export nonsense are not equal work.
 * @param {readonly Kept[]} kept
 */
export function otlpSpans(kept) {
  return kept
    .filter(({ path }) => path === '/v1/traces')
    .flatMap((request) => traceRequest(request).resourceSpans)
    .flatMap(({ resource, scopeSpans }) => scopeSpans.map((/** @type {any} */ each) => ({ resource, ...each })))
    .flatMap(({ resource, scope, spans }) => spans.map((/** @type {any} */ span) => comparable(resource, scope, span)))
    .sort((a, b) => a.attributes.sprites?.intValue - b.attributes.sprites?.intValue);
}

/** @param {Kept} request */
function traceRequest({ contentType, body }) {
  const bytes = Buffer.from(body, 'base64');
  return contentType.includes('protobuf') ? decodeTraceRequest(bytes) : JSON.parse(bytes.toString('utf8'));
}

/**
 * @param {any} resource
 * @param {any} scope
 * @param {any} span
 */
function comparable(resource, scope, span) {
  const { name, kind, events = [], links = [], status = {}, parentSpanId = '', flags } = span;
  return {
    service: attributesOf(resource)['service.name'],
    scope: { name: scope.name, version: scope.version },
    name,
    kind,
    attributes: attributesOf(span),
    events: events.length,
    links: links.length,
    status: status.code ?? 0,
    isRoot: parentSpanId === '',
    flags,
    hasIds: TRACE_ID.test(span.traceId) && SPAN_ID.test(span.spanId),
    hasTimes: BigInt(span.startTimeUnixNano) > 0n && BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano),
  };
}

/**
 * By name, each with its type.
 * @param {{ attributes?: { key: string, value: Record<string, unknown> }[] }} owner
 * @returns {Record<string, any>}
 */
function attributesOf({ attributes = [] }) {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]).sort());
}
