import type { ClientRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { HeadText } from '../src/client/node/head-text.js';
import { OutgoingHeaders } from '../src/client/node/outgoing-headers.js';
import type { TraceHeaders } from '../src/client/trace-headers.js';
import { UndiciHeaders } from '../src/client/undici-headers.js';
import { isVendorExport } from '../src/client/vendor-exports.js';

/** One request by three clients, with a header that is there twice. */
const carriers: [string, () => { headers: TraceHeaders; all: () => [string, string][] }][] = [
  [
    'a list of undici',
    () => {
      const list = ['Host', 'a.example', 'traceparent', 'one', 'TraceParent', 'two', 'x', '1'];
      const carrier = { headers: list, addHeader: (name: string, value: string) => void list.push(name, value) };
      const pairs = () => list.flatMap((each, at) => (at % 2 === 0 ? [[each, list[at + 1]] as [string, string]] : []));
      return { headers: new UndiciHeaders(carrier), all: pairs };
    },
  ],
  [
    'the head of node:http',
    () => {
      const lines = ['Host: a.example', 'traceparent: one', 'TraceParent: two', 'x: 1'];
      const request = { _header: `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, _headerSent: false };
      const pairs = () =>
        request._header
          .split('\r\n')
          .slice(1, -2)
          .map((line) => line.split(': ') as [string, string]);
      return { headers: new HeadText(request as never), all: pairs };
    },
  ],
  [
    'headers of node:http',
    () => {
      const map = new Map<string, string | string[]>([
        ['host', 'a.example'],
        ['traceparent', ['one', 'two']],
        ['x', '1'],
      ]);
      const request = {
        headersSent: false,
        getHeader: (name: string) => map.get(name),
        setHeader: (name: string, value: string) => map.set(name, value),
        removeHeader: (name: string) => map.delete(name),
      };
      const pairs = () =>
        [...map].flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string]));
      return { headers: new OutgoingHeaders(request as unknown as ClientRequest), all: pairs };
    },
  ],
];

describe.each(carriers)('headers in %s', (_, make) => {
  const named = (all: [string, string][], wanted: string) =>
    all.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);

  it('are read by name, all of a name', () => {
    const { headers } = make();
    expect(headers.values('traceparent')).toEqual(['one', 'two']);
    expect([headers.values('x'), headers.values('parent'), headers.values('')]).toEqual([['1'], [], []]);
  });

  it('are replaced, added and taken out, and no others', () => {
    const { headers, all } = make();
    headers.set('traceparent', 'three');
    headers.set('tracestate', 'a=1');
    headers.remove('x');
    headers.remove('not-there');
    const now = all();
    expect(named(now, 'traceparent')).toEqual(['three']);
    expect([named(now, 'tracestate'), named(now, 'x'), named(now, 'host')]).toEqual([['a=1'], [], ['a.example']]);
  });
});

it('a head that is sent, or has none, stays as it is', () => {
  for (const request of [
    { _header: 'GET / HTTP/1.1\r\nx: 1\r\n\r\n', _headerSent: true },
    { _header: null, _headerSent: false },
  ]) {
    const before = { ...request };
    const headers = new HeadText(request as never);
    headers.set('traceparent', 'one');
    headers.remove('x');
    expect(request).toEqual(before);
  }
});

it('no value breaks the head of a request apart', () => {
  const request = { _header: 'GET / HTTP/1.1\r\n\r\n', _headerSent: false };
  new HeadText(request as never).set('baggage', 'a=1\r\nx-evil: 1');
  expect(request._header).toBe('GET / HTTP/1.1\r\n\r\n');
});

it('headers of undici as text are read, and not written twice', () => {
  const added: string[] = [];
  const carrier = { headers: 'Host: a\r\ntraceparent: one\r\n', addHeader: (name: string) => void added.push(name) };
  const headers = new UndiciHeaders(carrier);
  expect(headers.values('traceparent')).toEqual(['one']);
  headers.set('traceparent', 'two');
  headers.set('tracestate', 'a=1');
  expect(added).toEqual(['tracestate']);
});

it('what tracers of vendors send home is known', () => {
  const none = new UndiciHeaders({ headers: [] });
  const fromDatadog = new UndiciHeaders({ headers: ['Datadog-Meta-Lang', 'nodejs'] });
  const envelope = '/api/1/envelope/?sentry_version=7&sentry_key=k&sentry_client=sentry.javascript.node%2F10';
  expect(isVendorExport(envelope, none)).toBe(true);
  expect(isVendorExport('/api/1/envelope/?page=2', none)).toBe(false);
  expect(isVendorExport('/v0.4/traces', fromDatadog)).toBe(false);
  const tracer = Symbol.for('dd-trace');
  Object.defineProperty(globalThis, tracer, { value: {}, configurable: true });
  const sent = [isVendorExport('/v0.4/traces', fromDatadog), isVendorExport('/v0.7/config', none)];
  expect([...sent, isVendorExport('/v0.4/traces', none)]).toEqual([true, true, false]);
  Reflect.deleteProperty(globalThis, tracer);
});
