import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { type RecordOptions, recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monitorHttpServers } from '../src/index.js';
import { ask, listening, until } from './on-loopback.js';

/** What a framework's test file gives to the kit. */
export interface Framework {
  readonly name: string;
  /**
   * A server with the small application that `routes` describes, not listening yet.
   *
   * @param isMonitored whether the adapter is in it
   */
  serve(isMonitored: boolean): Server | Promise<Server>;
  /** The templates where frameworks write them differently. */
  readonly templates: { readonly wildcard: string; readonly unicode: string };
}

/**
 * What the application of a framework answers:
 *
 * | route | |
 * |---|---|
 * | `GET /users/:id` | 200, `user` and the id; `POST`: 201, `made` |
 * | `GET /work` | 200, what `work()` gives |
 * | a router mounted at `/teams/:team`, with `GET /members/:member` in it | 200, both values |
 * | `GET /sync-error` | throws `syncError()` at once, and nobody handles it |
 * | `GET /async-error` | `asyncError()` a while later |
 * | `GET /refused` | fails with `refusal()`, which an error handler, or the framework by its status, makes a 409 |
 * | `GET /streamed` | 200 in three pieces: `one`, `two`, `three` |
 * | `GET /late-error` | `half`, then fails with `lateError()` |
 * | `GET /silent` | never answers |
 * | `GET` of a template with a letter that is not ASCII and a parameter | 200, the value |
 * | `GET /files/` and anything after it | 200, `file` |
 */
export const routes = {
  work: async (): Promise<string> => {
    await wait(1);
    return monitor.operation('work', () => 'done');
  },
  syncError: (): Error => new RangeError('at once'),
  asyncError: (): Error => new TypeError('a while later'),
  lateError: (): Error => new SyntaxError('after the headers'),
  refusal: (): Error => Object.assign(new RangeError('refused'), { status: 409, statusCode: 409 }),
  pieces: ['one', 'two', 'three'] as const,
  /** `half`, and then the error. */
  async *half(): AsyncGenerator<string> {
    yield 'half';
    await wait(20);
    throw routes.lateError();
  },
};

const monitor = createMonitor({ name: 'service' });
const DURATION = 'http.server.request.duration';

/** The suite that every adapter passes. */
export function frameworkKit(framework: Framework): void {
  describe.each([
    ['alone', false, {}],
    ['beside monitorHttpServers()', true, {}],
    ['alone, with the spans of another SDK', false, { operationSpans: 'api' }],
    ['alone, where nothing is sampled', false, { sampleRate: 0 }],
    ['beside monitorHttpServers(), where nothing is sampled', true, { sampleRate: 0 }],
  ] as [string, boolean, RecordOptions][])(`${framework.name} %s`, (_how, isBeside, options) => {
    suite(framework, isBeside, options);
  });
}

function suite(framework: Framework, isBeside: boolean, options: RecordOptions): void {
  const isSampled = options.sampleRate !== 0;
  const close: (() => unknown)[] = [];
  let telemetry: Telemetry;
  let port: number;

  beforeEach(async () => {
    telemetry = recordTelemetry(options);
    if (isBeside) close.push(monitorHttpServers());
    const served = await listening(await framework.serve(true));
    port = served.port;
    close.push(served.close);
  });

  afterEach(async () => {
    for (const step of close.splice(0).reverse()) await step();
    telemetry.stop();
  });

  /** What was recorded of the one request that was made: it counts once, and nothing is open. */
  async function recorded(): Promise<Record<string, unknown>> {
    await until(async () => (await telemetry.metric(DURATION)).length > 0);
    await wait(10);
    const points = await telemetry.metric(DURATION);
    expect(points).toHaveLength(1);
    expect(points).toMatchObject([{ count: 1 }]);
    expect(await telemetry.metric('http.server.active_requests')).toMatchObject([{ value: 0 }]);
    const { attributes } = points[0]!;
    const spans = telemetry.spans().filter(({ kind }) => kind === SpanKind.SERVER);
    expect(spans).toHaveLength(isSampled ? 1 : 0);
    const route = attributes['http.route'];
    const method = attributes['http.request.method'];
    if (isSampled) {
      expect(spans[0]!.name).toBe(route === undefined ? method : `${method} ${route}`);
      expect(spans[0]!.attributes).toMatchObject(attributes);
    }
    const status = attributes['http.response.status_code'];
    return { route, status, ...('error.type' in attributes && { error: attributes['error.type'] }) };
  }

  const errors = async () =>
    (await telemetry.metric('monitor.errors')).map((point) => [
      point.attributes['error.type'],
      'value' in point ? point.value : undefined,
    ]);

  it('a parameter is told by its name', async () => {
    expect(await ask(port, '/users/42?page=2')).toMatchObject({ status: 200, body: 'user 42' });
    expect(await recorded()).toEqual({ route: '/users/:id', status: 200 });
  });

  it('two routes with one path and different methods are two', async () => {
    expect(
      await ask(port, '/users/42', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject({ status: 201, body: 'made' });
    expect(await recorded()).toEqual({ route: '/users/:id', status: 201 });
    expect((await telemetry.metric(DURATION))[0]!.attributes).toMatchObject({ 'http.request.method': 'POST' });
  });

  it('HEAD has the route of GET, and no body', async () => {
    expect(await ask(port, '/users/42', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await recorded()).toEqual({ route: '/users/:id', status: 200 });
    expect(await telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 0 }]);
  });

  it.each([
    ['red', 'ada'],
    ['members', 'members'],
    ['teams', 'teams'],
    ['r%C3%A9d', 'a%20da'],
  ])('a nested router is told with the parameters of its mount path: %s, %s', async (team, member) => {
    const { body } = await ask(port, `/teams/${team}/members/${member}`);
    expect(body).toBe(`${decodeURIComponent(team)} ${decodeURIComponent(member)}`);
    expect(await recorded()).toEqual({ route: '/teams/:team/members/:member', status: 200 });
  });

  it('a wildcard is told as it was written', async () => {
    expect(await ask(port, '/files/a/b.txt')).toMatchObject({ status: 200, body: 'file' });
    expect(await recorded()).toEqual({ route: framework.templates.wildcard, status: 200 });
  });

  it('a route and a path with letters that are not ASCII', async () => {
    const path = encodeURI(decodeURI(framework.templates.unicode).replace(/:\w+/, 'köln'));
    expect(await ask(port, path)).toMatchObject({ status: 200, body: 'köln' });
    expect(await recorded()).toEqual({ route: framework.templates.unicode, status: 200 });
  });

  it.each(['/nowhere/4711', '/teams/red/nowhere', '/Users', '/'])('%s has no route', async (path) => {
    expect(await ask(port, path)).toMatchObject({ status: 404 });
    expect(await recorded()).toEqual({ route: undefined, status: 404 });
  });

  it('what a handler does later still belongs to the request', async () => {
    expect(await ask(port, '/work')).toMatchObject({ status: 200, body: 'done' });
    expect(await recorded()).toEqual({ route: '/work', status: 200 });
    if (isSampled) expect(telemetry.traces()).toMatchObject([{ name: 'GET /work', children: [{ name: 'work' }] }]);
  });

  it('an error that is thrown at once is the failure, and counts once', async () => {
    expect(await ask(port, '/sync-error')).toMatchObject({ status: 500 });
    expect(await recorded()).toEqual({ route: '/sync-error', status: 500, error: 'RangeError' });
    expect(await errors()).toEqual([['RangeError', 1]]);
  });

  it('an error that comes later is the failure, and counts once', async () => {
    expect(await ask(port, '/async-error')).toMatchObject({ status: 500 });
    expect(await recorded()).toEqual({ route: '/async-error', status: 500, error: 'TypeError' });
    expect(await errors()).toEqual([['TypeError', 1]]);
  });

  it('an error that was answered as a refusal is none', async () => {
    expect(await ask(port, '/refused')).toMatchObject({ status: 409 });
    expect(await recorded()).toEqual({ route: '/refused', status: 409 });
    expect(await errors()).toEqual([]);
  });

  it('an answer in pieces has their bytes', async () => {
    expect(await ask(port, '/streamed')).toMatchObject({ status: 200, body: 'onetwothree' });
    expect(await recorded()).toEqual({ route: '/streamed', status: 200 });
    expect(await telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 11 }]);
  });

  it('an error after the headers leaves the status and is the failure', async () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /late-error HTTP/1.1\r\nhost: x\r\n\r\n'));
    socket.on('error', () => {});
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    // some frameworks leave the answer as it is
    await Promise.race([once(socket, 'close'), wait(150)]);
    socket.destroy();
    expect(received).toContain('half');
    expect(await recorded()).toEqual({ route: '/late-error', status: 200, error: 'SyntaxError' });
    expect(await errors()).toEqual([['SyntaxError', 1]]);
  });

  it.each(['the client', 'the server'])(
    'a handler that never answers ends when %s closes the connection',
    async (who) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET /silent HTTP/1.1\r\nhost: x\r\n\r\n'));
      socket.on('error', () => {});
      await until(async () => {
        const [point] = await telemetry.metric('http.server.active_requests');
        return point !== undefined && 'value' in point && point.value === 1;
      });
      await wait(20);
      if (who === 'the client') socket.destroy();
      else await close.pop()!();
      expect(await recorded()).toEqual({ route: '/silent', status: undefined, error: 'ECONNRESET' });
      expect(await errors()).toEqual([]);
      socket.destroy();
    },
  );

  it('answers are those of the application without monitoring', async () => {
    for (const step of close.splice(0).reverse()) await step();
    const bare = await listening(await framework.serve(false));
    const monitored = await listening(await framework.serve(true));
    close.push(bare.close, monitored.close);
    if (isBeside) close.push(monitorHttpServers());
    const paths = [
      '/users/1',
      '/teams/a/members/b',
      '/nowhere',
      '/refused',
      '/streamed',
      '/files/x',
      '/sync-error',
      '/',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        const [expected, found] = await Promise.all([
          ask(bare.port, path, { method }),
          ask(monitored.port, path, { method }),
        ]);
        for (const { headers } of [expected, found]) delete headers.date;
        const withoutPaths = (text: string) => text.replace(/at .*/g, '');
        expect({ ...found, body: withoutPaths(found.body) }).toEqual({
          ...expected,
          body: withoutPaths(expected.body),
        });
      }
    }
  });
}
