import { createServer, type ServerResponse } from 'node:http';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType, setRPCMetadata } from '@opentelemetry/core';
import { createMonitor } from '@otel-monitor/monitor';
import { runtimeState } from '@otel-monitor/runtime';
import express from 'express';
import { expect, it } from 'vitest';
import { monitorExpress } from '../src/express.js';
import { currentRequest, noteMeter } from '../src/index.js';
import { ask } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();
const monitor = createMonitor({ name: 'service' });

it('an instrumentation of a framework finds our request, and gives it the route', async () => {
  const port = await recorded.serve((_request, response) => {
    const metadata = getRPCMetadata(context.active());
    expect(metadata?.type).toBe(RPCType.HTTP);
    if (metadata?.type === RPCType.HTTP) {
      metadata.route = '/users/:id';
      expect(metadata.span).toBe(trace.getActiveSpan());
    }
    response.end('ok');
  });
  await ask(port, '/users/7');
  expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/users/:id' }]);
  expect(recorded.spans().map(({ name }) => name)).toEqual(['GET /users/:id']);
});

it('it is found from within operations, and in contexts that values were set on', async () => {
  const port = await recorded.serve((_request, response) => {
    monitor.operation('work', () => {
      const other = context.active().setValue(Symbol('other'), 1);
      context.with(other, () => {
        const metadata = getRPCMetadata(context.active());
        if (metadata?.type === RPCType.HTTP) metadata.route = '/inner/:id';
      });
    });
    response.end('ok');
  });
  await ask(port, '/inner/7');
  expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/inner/:id' }]);
});

it('metadata of their own that they put over ours is theirs', async () => {
  const port = await recorded.serve((_request, response) => {
    const own = { type: RPCType.HTTP as const, span: trace.getActiveSpan()!, route: '/theirs' };
    expect(getRPCMetadata(setRPCMetadata(context.active(), own))).toBe(own);
    response.end('ok');
  });
  await ask(port, '/');
  const [outcome] = await recorded.outcomes();
  expect(outcome).not.toHaveProperty('http.route');
});

/** What another instrumentation does around a server's listeners. */
function instrumented(scope: string, listener: (request: never, response: ServerResponse) => void) {
  const server = createServer(listener as never);
  const emit = server.emit.bind(server);
  const seen: { route: string | undefined }[] = [];
  server.emit = (event: string, ...args: unknown[]) => {
    if (event !== 'request') return emit(event, ...args);
    const span = trace.getTracer(scope).startSpan('their request', { kind: SpanKind.SERVER }, context.active());
    const metadata = { type: RPCType.HTTP as const, span, route: undefined };
    (args[1] as ServerResponse).on('close', () => {
      seen.push({ route: metadata.route });
      span.end();
    });
    return context.with(
      setRPCMetadata(trace.setSpan(context.active(), span), metadata),
      emit,
      undefined,
      event,
      ...args,
    );
  };
  return { server, seen };
}

it('a request that the official instrumentation records is theirs, and gets its route from an adapter', async () => {
  const app = express();
  app.use(monitorExpress());
  app.get('/users/:id', (_request, response) => void response.send('ok'));
  const { server, seen } = instrumented('@opentelemetry/instrumentation-http', app as never);
  await ask(await recorded.serve(server), '/users/7');
  expect(seen).toEqual([{ route: '/users/:id' }]);
  expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/users/:id' }]);
  expect(recorded.spans().map(({ name }) => name)).toEqual(['their request']);
});

it('what it measures with a meter of ours is not measured again, and the request is known all the same', async () => {
  noteMeter('@opentelemetry/instrumentation-http');
  const { server, seen } = instrumented('@opentelemetry/instrumentation-http', (_request, response) => {
    const current = currentRequest();
    if (current !== undefined) current.route = '/known';
    response.end('ok');
  });
  await ask(await recorded.serve(server), '/');
  expect(seen).toEqual([{ route: '/known' }]);
  expect(await recorded.telemetry.metric('http.server.request.duration')).toEqual([]);
  expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ count: 1 }]);
});

it('a request that another SDK has a span for is measured by us in that span', async () => {
  const { server } = instrumented('some-vendor', (_request, response) => {
    monitor.operation('work', () => {});
    response.end('ok');
  });
  await ask(await recorded.serve(server), '/');
  expect(await recorded.outcomes()).toHaveLength(1);
  expect(recorded.telemetry.traces()).toMatchObject([{ name: 'their request', children: [{ name: 'work' }] }]);
});

it.each([
  ['while monitoring is off', '/', false],
  ['to a path that is left out', '/metrics', true],
])('a request %s stays in the span of whoever records it', async (_, path, isEnabled) => {
  let active: string | undefined;
  const { server } = instrumented('@opentelemetry/instrumentation-http', (_request, response) => {
    active = trace.getActiveSpan()?.spanContext().spanId;
    response.end('ok');
  });
  const port = await recorded.serve(server);
  runtimeState.enabled = isEnabled;
  await ask(port, path);
  runtimeState.enabled = true;
  expect(recorded.spans().map((span) => span.spanContext().spanId)).toEqual([active]);
  expect(await recorded.telemetry.metric('http.server.request.duration')).toEqual([]);
});
