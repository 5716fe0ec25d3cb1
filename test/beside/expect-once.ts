import { expect } from 'vitest';
import type { Telemetry } from '../otlp/json-lines.js';
import type { ForeignSpan } from './foreign-spans.js';
import type { ReceivedRequest } from './loopback.js';
import { CALLER, REQUESTS } from './run-beside.js';

const SERVER = 2;
const CLIENT = 3;
const SERVER_DURATION = 'http.server.request.duration';
const CLIENT_DURATION = 'http.client.request.duration';

/** How often something happens for all requests of a run: each asks the other service twice. */
export const ONCE = { server: REQUESTS, client: 2 * REQUESTS };
export const NEVER = { server: 0, client: 0 };

/** The spans of OTLP in the form of the others; those of the page that the test reads are left out. */
export function spansOf({ spans }: Telemetry): ForeignSpan[] {
  const ours = spans.filter(({ item }) => !JSON.stringify([item.name, item.attributes]).includes('/metrics'));
  return ours.map(({ scope, item }) => ({
    name: item.name,
    kind: kindOf(scope.name, item.name, item.kind),
    traceId: item.traceId,
    spanId: item.spanId,
    parentSpanId: item.parentSpanId || undefined,
  }));
}

function kindOf(scope: string, name: string, kind: number | undefined): string {
  if (kind === SERVER) return 'server';
  // Sentry 10 makes its spans of node:http without a kind
  if (kind === CLIENT || (scope === '@sentry/node' && name.startsWith('GET http'))) return 'client';
  return '';
}

/**
 * Every request is one span, the work for it is within, and what it sends is within the work: one span each.
 *
 * @param isCalled whether they are in the trace of the caller; false: they begin traces of their own
 */
export function expectOneTrace(spans: readonly ForeignSpan[], isCalled = true): void {
  const of = (kind: string) => spans.filter((span) => span.kind === kind && !span.name.includes('/metrics'));
  const servers = of('server');
  const work = spans.filter(({ name }) => name === 'work');
  expect(servers.map(({ parentSpanId }) => parentSpanId)).toEqual(
    Array(ONCE.server).fill(isCalled ? CALLER.spanId : undefined),
  );
  if (isCalled) expect(new Set(servers.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.traceId]));
  expect(parentsOf(work)).toEqual(idsOf(servers));
  const twice = work.flatMap((span) => [span, span]);
  expect(parentsOf(of('client'))).toEqual(idsOf(twice));
}

/** The other service is called by the spans of what was sent to it, and told so once. */
export function expectCalledBy(downstream: readonly ReceivedRequest[], spans: readonly ForeignSpan[]): void {
  const clients = spans.filter(({ kind }) => kind === 'client');
  const told = downstream.map((request) => headersNamed(request, 'traceparent'));
  expect(told.map(({ length }) => length)).toEqual(Array(ONCE.client).fill(1));
  expect(told.flat().sort()).toEqual(clients.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`).sort());
}

/** All values of a header, in lower case, of a request. */
export function headersNamed({ rawHeaders }: ReceivedRequest, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

/** How many requests an export counts, by all scopes together; of the requests to us those with their route. */
export function countedIn({ metrics }: Telemetry): typeof ONCE {
  const count = (name: string, isWanted: (attributes: Record<string, unknown>) => boolean) =>
    metrics
      .filter(({ item }) => item.name === name)
      .flatMap(({ item }) => item.points)
      .filter(({ attributes }) => isWanted(attributes))
      .reduce((sum, { count: points = 0 }) => sum + points, 0);
  return {
    server: count(SERVER_DURATION, (attributes) => attributes['http.route'] === '/users/:id'),
    client: count(CLIENT_DURATION, () => true),
  };
}

/** The same of our page. */
export function countedOn(page: string): typeof ONCE {
  const lines = page.split('\n');
  const count = (start: string, part: string) =>
    lines
      .filter((line) => line.startsWith(`${start}_seconds_count{`) && line.includes(part))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    server: count('http_server_request_duration', 'http_route="/users/:id"'),
    client: count('http_client_request_duration', ''),
  };
}

function idsOf(spans: readonly ForeignSpan[]): string[] {
  return spans.map(({ spanId }) => spanId).sort();
}

function parentsOf(spans: readonly ForeignSpan[]): (string | undefined)[] {
  return spans.map(({ parentSpanId }) => parentSpanId).sort();
}
