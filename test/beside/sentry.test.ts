import { describe, expect, test } from 'vitest';
import { countedIn, countedOn, expectCalledBy, expectOneTrace, headersNamed, ONCE, spansOf } from './expect-once.js';
import type { ForeignSpan } from './foreign-spans.js';
import { nodes } from './nodes.js';
import { type PeerName, preparePeer } from './peer-installation.js';
import { type BesideOptions, type BesideRun, runBeside } from './run-beside.js';

const ten = preparePeer('sentry-10');
const eleven = preparePeer('sentry-11');
const name = (peer: PeerName, missing: string | undefined) =>
  `beside ${peer}${missing ? ` (needs npm: ${missing})` : ''}`;

type Options = Pick<BesideOptions, 'order' | 'node' | 'env'>;
const run = (folder = '', options: Options): Promise<BesideRun> =>
  runBeside({ folder, peer: 'sentry.cjs', sink: 'sentry', ...options });

/** Sentry's requests are requests of its own, each once. */
function expectOwnTrace(spans: readonly ForeignSpan[]): void {
  const kinds = (kind: string) => spans.filter((span) => span.kind === kind && !isPage(span));
  // the page that the test reads is one more; newer versions name requests by their method alone
  expect(kinds('server').length - (spans.some(isPage) ? 0 : 1)).toBe(ONCE.server);
  expect(kinds('client')).toHaveLength(ONCE.client);
}

function isPage({ name }: ForeignSpan): boolean {
  return name.includes('/metrics');
}

/** The other service is told of Sentry's span of the request, once. */
function expectToldOf({ downstream }: BesideRun, spans: readonly ForeignSpan[]): void {
  const told = downstream.map((request) => headersNamed(request, 'sentry-trace').map((value) => value.split('-')[1]));
  const clients = spans.filter(({ kind }) => kind === 'client').map(({ spanId }) => [spanId]);
  expect(told.sort()).toEqual(clients.sort());
}

describe.skipIf(ten.missing).each(nodes())(`${name('sentry-10', ten.missing)}, on %s`, (_, node) => {
  test('that starts before: it is the provider, requests are its spans, and counted by us', async () => {
    const result = await run(ten.folder, { order: 'before', node });
    const { ours, foreign, page, stderr } = result;
    // its propagator knows no traceparent
    expectOneTrace(foreign, false);
    expectToldOf(result, foreign);
    expect([countedIn(ours), countedOn(page)]).toEqual([ONCE, ONCE]);
    expect([spansOf(ours), stderr]).toEqual([[], '']);
  });

  test('that starts after ours: its spans are recorded by ours, one a request, in the trace of the caller', async () => {
    const result = await run(ten.folder, { order: 'after', node });
    const { ours, foreign, page, downstream, stderr } = result;
    expectOneTrace(spansOf(ours));
    expectCalledBy(downstream, spansOf(ours));
    expectToldOf(result, spansOf(ours));
    expect([countedIn(ours), countedOn(page)]).toEqual([ONCE, ONCE]);
    expect([foreign, stderr]).toEqual([[], '']);
  });

  test.each(['before', 'after'] as const)(
    'that writes traceparent as well writes the only one (%s ours)',
    async (order) => {
      const env = { SENTRY_OPTIONS: '{"propagateTraceparent":true}' };
      const { ours, foreign, downstream } = await run(ten.folder, { order, node, env });
      expectCalledBy(downstream, order === 'before' ? foreign : spansOf(ours));
    },
  );
});

describe.skipIf(eleven.missing).each(nodes())(`${name('sentry-11', eleven.missing)}, on %s`, (_, node) => {
  test.each(['before', 'after'] as const)(
    'that starts %s ours: each has a tracing system of its own, and its requests once',
    async (order) => {
      const result = await run(eleven.folder, { order, node });
      const { ours, foreign, page, downstream, stderr } = result;
      expectOneTrace(spansOf(ours));
      expectCalledBy(downstream, spansOf(ours));
      expectOwnTrace(foreign);
      expectToldOf(result, foreign);
      expect([countedIn(ours), countedOn(page), stderr]).toEqual([ONCE, ONCE, '']);
    },
  );

  test.each(['before', 'after'] as const)(
    'that writes traceparent as well: ours is the only one (%s)',
    async (order) => {
      const env = { SENTRY_OPTIONS: '{"propagateTraceparent":true}' };
      const { ours, downstream } = await run(eleven.folder, { order, node, env });
      expectOneTrace(spansOf(ours));
      expectCalledBy(downstream, spansOf(ours));
    },
  );

  test('that is asked to be the provider, before ours: requests are its spans, and counted by us', async () => {
    const env = { SENTRY_OPTIONS: '{"enableOpenTelemetrySetup":true}' };
    const result = await run(eleven.folder, { order: 'before', node, env });
    const { ours, foreign, page, stderr } = result;
    expectOwnTrace(foreign);
    expectToldOf(result, foreign);
    expect([countedIn(ours), countedOn(page)]).toEqual([ONCE, ONCE]);
    expect([spansOf(ours), stderr]).toEqual([[], '']);
  });

  test('that is asked to be the provider, after ours, is not: requests are spans of ours', async () => {
    const env = { SENTRY_OPTIONS: '{"enableOpenTelemetrySetup":true}' };
    const { ours, page, downstream } = await run(eleven.folder, { order: 'after', node, env });
    expectOneTrace(spansOf(ours));
    expectCalledBy(downstream, spansOf(ours));
    expect([countedIn(ours), countedOn(page)]).toEqual([ONCE, ONCE]);
  });
});
