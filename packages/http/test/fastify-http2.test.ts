import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { monitorFastify } from '../src/fastify.js';
import { recordRequests } from './recorded-requests.js';

describe.each([
  ['alone', false],
  ['beside monitorHttpServers()', true],
])('Fastify over HTTP/2, %s', (_how, isBeside) => {
  const recorded = recordRequests({ isBeside });

  async function ask(path: string): Promise<{ status: unknown; body: string }> {
    const app = fastify({ http2: true });
    app.register(monitorFastify);
    app.register(async (instance) => {
      instance.get<{ Params: { id: string } }>('/users/:id', async ({ params }) => `user ${params.id}`);
      instance.get('/broken', async () => {
        throw new RangeError('broken');
      });
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    recorded.finally(() => app.close());
    const session = connect(address);
    recorded.finally(() => session.close());
    const stream = session.request({ ':path': path });
    const headers = await new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve));
    return { status: headers[':status'], body: await text(stream) };
  }

  it('a request has its route', async () => {
    expect(await ask('/users/7')).toEqual({ status: 200, body: 'user 7' });
    expect(await recorded.outcomes()).toEqual([
      {
        'http.request.method': 'GET',
        'url.scheme': 'http',
        'network.protocol.version': '2',
        'http.route': '/users/:id',
        'http.response.status_code': 200,
      },
    ]);
    expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 6 }]);
    expect(recorded.spans().map(({ name }) => name)).toEqual(['GET /users/:id']);
  });

  it('a failed one has its error', async () => {
    expect(await ask('/broken')).toMatchObject({ status: 500 });
    expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/broken', 'error.type': 'RangeError' }]);
  });
});
