import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './running-service.js';

/**
 * What a service that knows of nothing, under `--import`, hands on of headers that are sent to it byte by byte: no client
 * library would send most of them.
 */
const program = fileURLToPath(new URL('./programs/node-service.mjs', import.meta.url));
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const traceparent = `traceparent: 00-${TRACE_ID}-${SPAN_ID}-01`;

interface Handed {
  traceparent: string;
  tracestate?: string;
  baggage?: string;
}

let service: RunningService;
beforeAll(async () => {
  const nodeOptions = ['--max-http-header-size=200000', '--import', '@otel-monitor/node/register'];
  service = await startService(process.execPath, [...nodeOptions, program], { OTEL_EXPORTER_PROMETHEUS_PORT: '0' });
});
afterAll(() => service?.end());

/** Sends the header lines as they stand, and gives the headers of the request that the service made for it. */
async function handedOn(...lines: string[]): Promise<Handed> {
  const { port, origin } = new URL(service.url);
  const path = `/through?next=${encodeURIComponent(`${origin}/through`)}`;
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    Buffer.from([`GET ${path} HTTP/1.1`, 'host: x', 'connection: close', ...lines, '', ''].join('\r\n'), 'latin1'),
  );
  const response = await text(socket);
  expect(response).toMatch(/^HTTP\/1\.1 200 /);
  return JSON.parse(response.slice(response.indexOf('{'), response.lastIndexOf('}') + 1)).next;
}

const sameTrace = expect.stringMatching(new RegExp(`^00-${TRACE_ID}-(?!${SPAN_ID})[0-9a-f]{16}-01$`));
const newTrace = expect.stringMatching(new RegExp(`^00-(?!${TRACE_ID})[0-9a-f]{32}-[0-9a-f]{16}-01$`));

describe('over a real connection', () => {
  it.each<[string, string[], object]>([
    ['one traceparent', [traceparent], { traceparent: sameTrace }],
    ['in whatever case', [traceparent.replace('traceparent', 'TrAcEpArEnT')], { traceparent: sameTrace }],
    ['with whitespace around', [`traceparent:\t 00-${TRACE_ID}-${SPAN_ID}-01 \t`], { traceparent: sameTrace }],
    ['two traceparents', [traceparent, traceparent], { traceparent: newTrace }],
    ['two of a later version', Array(2).fill(traceparent.replace('00-', 'cc-')), { traceparent: newTrace }],
    ['an empty one', ['traceparent:'], { traceparent: newTrace }],
    ['none, and a tracestate', ['tracestate: a=1'], { traceparent: newTrace }],
    [
      'several tracestates',
      [traceparent, 'tracestate: a=1,b=2', 'tracestate:', 'tracestate: c=3'],
      { traceparent: sameTrace, tracestate: 'a=1,b=2,c=3' },
    ],
    ['a tracestate that is not valid', [traceparent, 'tracestate: a=1', 'tracestate: B=1'], { traceparent: sameTrace }],
    [
      'several baggages',
      ['baggage: a=1 ; p , b=%C3%A9', 'baggage:c = 3'],
      { traceparent: newTrace, baggage: 'a=1;p,b=%C3%A9,c=3' },
    ],
    [
      'bytes that are no ASCII',
      [traceparent, 'tracestate: a=\xe9', 'baggage: a=\xe9,b=2,\xfc=3'],
      { traceparent: sameTrace, baggage: 'b=2' },
    ],
    ['64 KB of traceparent', [`${traceparent}${'0'.repeat(65_536)}`], { traceparent: newTrace }],
    [
      '64 KB of a later traceparent',
      [`${traceparent.replace('00-', 'cc-')}-${'0'.repeat(65_536)}`],
      { traceparent: newTrace },
    ],
    ['64 KB of tracestate', [traceparent, `tracestate: a=${'1'.repeat(65_536)}`], { traceparent: sameTrace }],
    [
      '64 KB of one member of baggage',
      ['baggage: ok=1', `baggage: a=${'1'.repeat(65_536)}`],
      { traceparent: newTrace, baggage: 'ok=1' },
    ],
  ])('%s', async (_what, lines, expected) => {
    expect(await handedOn(...lines)).toEqual({ ...expected, next: null });
  });

  it('a flood of headers is cut at the bounds, in whole members', async () => {
    const flood = Array.from({ length: 900 }, (_, index) => [
      `baggage: k${index}=${'v'.repeat(50)}`,
      `tracestate: k${index}=1`,
    ]);
    const { traceparent: parent, tracestate, baggage } = await handedOn(traceparent, ...flood.flat());
    expect(parent).toEqual(sameTrace);
    expect(tracestate).toBeUndefined();
    const members = baggage?.split(',') ?? [];
    expect(members.every((member) => /^k\d+=v{50}$/.test(member))).toBe(true);
    expect(members.length).toBeGreaterThan(64);
    expect(baggage?.length).toBeLessThanOrEqual(8192);
  });

  it('a tracestate is cut to 512 characters', async () => {
    const members = Array.from({ length: 20 }, (_, index) => `key${index + 10}=${'v'.repeat(44)}`);
    const { tracestate } = await handedOn(traceparent, ...members.map((member) => `tracestate: ${member}`));
    expect(tracestate).toBe(members.slice(0, 10).join(','));
  });
});
