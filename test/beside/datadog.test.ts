import { describe, expect, test } from 'vitest';
import { countedIn, countedOn, expectCalledBy, expectOneTrace, headersNamed, ONCE, spansOf } from './expect-once.js';
import type { ForeignSpan } from './foreign-spans.js';
import type { ReceivedRequest } from './loopback.js';
import { nodes } from './nodes.js';
import { preparePeer } from './peer-installation.js';
import { CALLER, runBeside } from './run-beside.js';

const peer = preparePeer('dd-trace-5');
const suite = peer.missing === undefined ? 'beside dd-trace 5' : `beside dd-trace 5 (needs npm: ${peer.missing})`;

/** Its requests, without those to find and reach a host, and without the page that the test reads. */
const requestsOf = (foreign: readonly ForeignSpan[]) =>
  foreign
    .filter(({ name }) => !/^(dns|tcp)\./.test(name))
    .filter(({ traceId }) => traceId.endsWith(CALLER.traceId.slice(16)));

/** Its headers tell the other service of its own span of the request. */
function expectToldOf(downstream: readonly ReceivedRequest[], spans: readonly ForeignSpan[]): void {
  const told = downstream.flatMap((request) => headersNamed(request, 'x-datadog-parent-id'));
  const clients = spans.filter(({ kind }) => kind === 'client');
  expect(told.sort()).toEqual(clients.map(({ spanId }) => BigInt(`0x${spanId}`).toString()).sort());
}

describe.skipIf(peer.missing).each(nodes())(`${suite}, on %s`, (_, node) => {
  const run = (order: 'before' | 'after', env: Record<string, string> = {}) =>
    runBeside({ folder: peer.folder ?? '', node, peer: 'dd-trace.cjs', sink: 'datadog', order, env });

  test.each(['before', 'after'] as const)(
    'that starts %s ours: each has its requests once, and the other service is told of both',
    async (order) => {
      const { ours, foreign, page, downstream, stderr } = await run(order);
      expectOneTrace(spansOf(ours));
      expectCalledBy(downstream, spansOf(ours));
      // what it says about its own traceparent does not go with ours
      expect(downstream.flatMap((request) => headersNamed(request, 'tracestate'))).toEqual([]);
      const theirs = requestsOf(foreign);
      expect(theirs.filter(({ kind }) => kind === 'server').map(({ parentSpanId }) => parentSpanId)).toEqual(
        Array(ONCE.server).fill(CALLER.spanId),
      );
      expect(theirs.filter(({ kind }) => kind === 'client')).toHaveLength(ONCE.client);
      expectToldOf(downstream, theirs);
      expect([countedIn(ours), countedOn(page), stderr]).toEqual([ONCE, ONCE, '']);
    },
  );

  test('that is the provider, before ours: requests are its spans, and counted by us', async () => {
    const { ours, foreign, page, downstream } = await run('before', { DATADOG_IS_PROVIDER: '1' });
    const theirs = requestsOf(foreign);
    expectOneTrace(theirs.map((span) => (span.kind === 'internal' ? { ...span, name: 'work' } : span)).map(inOneTrace));
    expectToldOf(downstream, theirs);
    expect([countedIn(ours), countedOn(page), spansOf(ours)]).toEqual([ONCE, ONCE, []]);
  });
});

/** It tells the upper half of a trace id with the first span of a trace alone. */
function inOneTrace(span: ForeignSpan): ForeignSpan {
  return { ...span, traceId: CALLER.traceId };
}
