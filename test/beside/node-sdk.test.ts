import { describe, expect, test } from 'vitest';
import type { Telemetry } from '../otlp/json-lines.js';
import {
  countedIn,
  countedOn,
  expectCalledBy,
  expectOneTrace,
  headersNamed,
  NEVER,
  ONCE,
  spansOf,
} from './expect-once.js';
import { nodes } from './nodes.js';
import { preparePeer } from './peer-installation.js';
import { type BesideOptions, type BesideRun, runBeside } from './run-beside.js';

const peer = preparePeer('sdk-2');
const suite = peer.missing === undefined ? 'beside the SDK 2.12' : `beside the SDK 2.12 (needs npm: ${peer.missing})`;

describe.skipIf(peer.missing).each(nodes())(`${suite} and its instrumentations of HTTP, on %s`, (_, node) => {
  const run = (options: Partial<BesideOptions> & Pick<BesideOptions, 'order'>): Promise<BesideRun> =>
    runBeside({ folder: peer.folder ?? '', node, peer: 'node-sdk.cjs', ...options });

  test('a NodeSDK that starts before: requests are its spans, and counted once in its export and on our page', async () => {
    const { ours, owner, page, downstream, stderr } = await run({ order: 'before' });
    expectOneTrace(spansOf(owner));
    expectCalledBy(downstream, spansOf(owner));
    expect([countedIn(owner), countedOn(page), countedIn(ours)]).toEqual([ONCE, ONCE, NEVER]);
    expect([spansOf(ours), stderr]).toEqual([[], '']);
  });

  test('a NodeSDK that starts after ours: its instrumentations record into ours, once', async () => {
    const { ours, owner, page, downstream, stderr } = await run({ order: 'after' });
    expectOneTrace(spansOf(ours));
    expectCalledBy(downstream, spansOf(ours));
    expect([countedIn(ours), countedOn(page), countedIn(owner)]).toEqual([ONCE, ONCE, NEVER]);
    expect([spansOf(owner), stderr]).toEqual([[], '']);
  });

  test('a tracer provider alone that starts before: requests are its spans, and counted by us', async () => {
    const { ours, owner, page, downstream } = await run({ order: 'before', peer: 'tracer-provider.cjs' });
    expectOneTrace(spansOf(owner));
    expectCalledBy(downstream, spansOf(owner));
    expect([countedIn(ours), countedOn(page), countedIn(owner)]).toEqual([ONCE, ONCE, NEVER]);
  });

  test('a tracer provider alone that starts after ours records nothing of its own', async () => {
    const { ours, owner, page, downstream } = await run({ order: 'after', peer: 'tracer-provider.cjs' });
    expectOneTrace(spansOf(ours));
    expectCalledBy(downstream, spansOf(ours));
    expect([countedIn(ours), countedOn(page), spansOf(owner)]).toEqual([ONCE, ONCE, []]);
  });

  test.each(['before', 'after'] as const)(
    'where nothing is sampled requests are counted once (%s ours)',
    async (order) => {
      const { ours, owner, page, downstream } = await run({ order, env: { OTEL_TRACES_SAMPLER: 'always_off' } });
      const exported = order === 'before' ? owner : ours;
      expect([countedIn(exported), countedOn(page)]).toEqual([ONCE, ONCE]);
      expect([...spansOf(ours), ...spansOf(owner)]).toEqual([]);
      const told = downstream.map((request) => headersNamed(request, 'traceparent'));
      expect(told.map((values) => values.map((value) => value.slice(-3)))).toEqual(Array(ONCE.client).fill(['-00']));
    },
  );

  test.each(['before', 'after'] as const)('headers of another format are known (B3, %s ours)', async (order) => {
    const { ours, owner, page, downstream } = await run({ order, env: { OTEL_PROPAGATORS: 'b3' } });
    const spans = spansOf(order === 'before' ? owner : ours);
    // the caller is told by a traceparent, which is not looked at
    expectOneTrace(spans, false);
    const called = downstream.map((request) => headersNamed(request, 'b3').map((value) => value.split('-')[1]));
    const clients = spans.filter(({ kind }) => kind === 'client').map(({ spanId }) => [spanId]);
    expect(called.sort()).toEqual(clients.sort());
    expect(countedOn(page)).toEqual(ONCE);
  });

  test('a NodeSDK without instrumentations, before ours: our spans and measurements go through it, once', async () => {
    const { ours, owner, page, downstream, stderr } = await run({ order: 'before', env: { BARE: '1' } });
    expectOneTrace(spansOf(owner));
    expectCalledBy(downstream, spansOf(owner));
    expect([countedIn(owner), countedOn(page), countedIn(ours)]).toEqual([ONCE, ONCE, NEVER]);
    expect([spansOf(ours), stderr]).toEqual([[], '']);
    expectOurSpans(owner);
  });

  test('requests that the owner of the traces leaves out are left out', async () => {
    const { owner, page } = await run({ order: 'before', env: { IGNORED: '1' } });
    expect(spansOf(owner).filter(({ kind }) => kind === 'server')).toEqual([]);
    expect(countedOn(page).server).toBe(0);
  });
});

/** Spans that the owner's tracers made for us say what our own say. */
function expectOurSpans({ spans }: Telemetry): void {
  const of = (kind: number) => spans.filter(({ item }) => item.kind === kind);
  expect(new Set(spans.map(({ scope }) => scope.name))).toEqual(new Set(['app', '@otel-monitor/http']));
  expect(new Set(of(2).map(({ item }) => item.name))).toEqual(new Set(['GET /users/:id']));
  expect(of(2)[0]?.item.attributes).toMatchObject({
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'http.route': '/users/:id',
    'url.path': expect.stringMatching(/^\/users\/\d$/),
    'url.scheme': 'http',
  });
  expect(of(3)[0]?.item.attributes).toMatchObject({
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'server.address': '127.0.0.1',
  });
}
