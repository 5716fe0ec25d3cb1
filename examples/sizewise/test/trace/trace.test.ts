import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOtlpSpans } from '../../src/trace/read-otlp-spans.js';
import { renderTrace } from '../../src/trace/render-trace.js';
import type { Span } from '../../src/trace/span.js';
import { TraceStore } from '../../src/trace/trace-store.js';
import { type TraceNode, traceTrees } from '../../src/trace/trace-tree.js';

const span = (spanId: string, parentSpanId: string | undefined, more: Partial<Span> = {}): Span => ({
  traceId: 't',
  spanId,
  parentSpanId,
  name: spanId,
  kind: 1,
  service: 'gateway',
  startMillis: 0,
  durationMillis: 1,
  isFailed: false,
  attributes: {},
  ...more,
});

/** `a(b c(d))` */
const shape = (nodes: readonly TraceNode[]): string =>
  nodes.map(({ span: { name }, children }) => (children.length > 0 ? `${name}(${shape(children)})` : name)).join(' ');

describe('a trace', () => {
  it('is a tree, in the order in which things began, however its spans arrived', () => {
    const spans = [
      span('late', 'root', { startMillis: 5 }),
      span('inner', 'early', { startMillis: 2 }),
      span('early', 'root', { startMillis: 1 }),
      span('root', undefined),
    ];
    expect(shape(traceTrees(spans))).toBe('root(early(inner) late)');
    expect(shape(traceTrees(spans.toReversed()))).toBe('root(early(inner) late)');
  });

  it('whose middle is missing is several trees', () => {
    expect(shape(traceTrees([span('root', undefined), span('orphan', 'lost', { startMillis: 1 })]))).toBe(
      'root orphan',
    );
  });

  it('has every span once, whatever parents they name, circles included', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const spans = fc
      .uniqueArray(fc.record({ spanId: id, parent: fc.option(id) }), { selector: ({ spanId }) => spanId })
      .map((list) => list.map(({ spanId, parent }) => span(spanId, parent ?? undefined)));
    const count = (nodes: readonly TraceNode[]): string[] =>
      nodes.flatMap((node) => [node.span.spanId, ...count(node.children)]);
    fc.assert(
      fc.property(spans, (list) => {
        expect(count(traceTrees(list)).sort()).toEqual(list.map(({ spanId }) => spanId).sort());
      }),
    );
  });

  it('is shown as a tree with services, durations and where in the whole each span was', () => {
    const spans = [
      span('1', undefined, {
        name: 'POST /api/hvac/calculate',
        kind: 2,
        durationMillis: 20,
        attributes: { 'http.response.status_code': 502 },
      }),
      span('2', '1', {
        name: 'POST',
        kind: 3,
        startMillis: 5,
        durationMillis: 10,
        attributes: { 'url.full': 'http://127.0.0.1:4001/sizes?x=1' },
      }),
      span('3', '2', {
        name: 'duct\u001b[2J design',
        service: 'calculator',
        startMillis: 10,
        durationMillis: 5,
        isFailed: true,
        attributes: { 'error.type': 'no_size_fits' },
      }),
      span('4', '1', { name: 'end', startMillis: 20, durationMillis: 0 }),
    ];
    expect(renderTrace({ traceId: 'abc', spans }, { columns: 80 })).toEqual([
      'trace abc: 4 spans, 2 services, 20.0 ms',
      '← POST /api/hvac/calculate  gateway        20.0 ms  ━━━━━━━━━━━━━━━━━━━━━━━━━━  502',
      '├─ → POST /sizes            gateway        10.0 ms  ······━━━━━━━━━━━━━·······',
      '│  └─ duct[2J design        calculator     5.00 ms  ·············━━━━━━━······  ✗ no_size_fits',
      '└─ end                      gateway        0.00 ms  ·························━',
    ]);
  });

  it('has colours only when asked: a failed span in red', () => {
    const trace = { traceId: 'abc', spans: [span('1', undefined, { name: 'work', isFailed: true })] };
    expect(renderTrace(trace, { columns: 80 }).join('')).not.toContain('\x1b');
    expect(renderTrace(trace, { columns: 80, colour: true })[1]).toContain('\x1b[31mwork\x1b[0m');
  });
});

describe('the traces that arrived last', () => {
  const service = (traceId: string, ...names: string[]) =>
    names.map((name, index) => span(`${traceId}${index}`, undefined, { traceId, service: name }));

  it('are found by the services that they went through, then by their spans', () => {
    const store = new TraceStore(10);
    store.add([...service('one', 'a', 'a', 'a'), ...service('two', 'a', 'b'), ...service('three', 'a', 'b', 'b')]);
    expect(store.widest()?.traceId).toBe('three');
    expect(store.widest(({ spans }) => spans.length === 2)?.traceId).toBe('two');
    expect(store.widest(() => false)).toBeUndefined();
  });

  it('are found by which began last', () => {
    const store = new TraceStore(10);
    store.add([...service('one', 'a'), ...service('two', 'a', 'b'), ...service('three', 'a'), ...service('one', 'b')]);
    expect(store.latest(() => true)?.traceId).toBe('three');
    expect(store.latest(({ spans }) => spans.length === 2)?.traceId).toBe('two');
    expect(store.latest(() => false)).toBeUndefined();
  });

  it('are so many: the oldest makes room', () => {
    const store = new TraceStore(2);
    for (const id of ['one', 'two', 'one', 'three']) store.add(service(id, 'a'));
    expect(store.widest(({ traceId }) => traceId === 'one')).toBeUndefined();
    expect(store.spanCount).toBe(2);
  });
});

it('spans are read from OTLP/JSON with their service, times in milliseconds and plain attributes', () => {
  const attributes = [
    { key: 'http.route', value: { stringValue: '/ducts/:shape/sizes' } },
    { key: 'http.response.status_code', value: { intValue: '200' } },
  ];
  const sent = {
    traceId: 'abc',
    spanId: 'def',
    parentSpanId: '',
    name: 'GET /ducts/:shape/sizes',
    kind: 2,
    startTimeUnixNano: '1795478400000250000',
    endTimeUnixNano: '1795478400012750000',
    attributes,
    status: { code: 2 },
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'catalogue' } }] };
  const request = { resourceSpans: [{ resource, scopeSpans: [{ spans: [sent] }] }, { scopeSpans: [{}] }, {}] };
  expect(readOtlpSpans(request)).toEqual([
    {
      traceId: 'abc',
      spanId: 'def',
      parentSpanId: undefined,
      name: 'GET /ducts/:shape/sizes',
      kind: 2,
      service: 'catalogue',
      startMillis: 1_795_478_400_000.25,
      durationMillis: 12.5,
      isFailed: true,
      attributes: { 'http.route': '/ducts/:shape/sizes', 'http.response.status_code': 200 },
    },
  ]);
  expect(readOtlpSpans({})).toEqual([]);
});
