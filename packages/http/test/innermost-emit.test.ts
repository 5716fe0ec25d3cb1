import { EventEmitter } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { currentRequest, monitorServer } from '../src/index.js';
import { ask } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();
type Emit = (event: string, ...args: unknown[]) => boolean;

/** A server that somebody has patched before ours, as those do who keep Node's own `emit`. */
function patchedBefore(
  wrap: (emit: Emit) => Emit,
  listener: (request: never, response: ServerResponse) => void,
): Server {
  const server = createServer(listener as never);
  server.emit = wrap(EventEmitter.prototype.emit.bind(server) as Emit) as typeof server.emit;
  monitorServer(server);
  return server;
}

it('whoever patched a server before is around ours: its span is the one of the request', async () => {
  const tracer = trace.getTracer('theirs');
  let active: string | undefined;
  const server = patchedBefore(
    (emit) =>
      (event, ...args) => {
        if (event !== 'request') return emit(event, ...args);
        const span = tracer.startSpan('their request', { kind: SpanKind.SERVER });
        (args[1] as ServerResponse).on('close', () => span.end());
        return context.with(trace.setSpan(context.active(), span), () => emit(event, ...args));
      },
    (_request, response) => {
      active = currentRequest()?.spanId;
      response.end('ok');
    },
  );
  await ask(await recorded.serve(server), '/');
  const [span, ...more] = recorded.spans();
  expect([span?.name, more]).toEqual(['their request', []]);
  expect(active).toBe(span?.spanContext().spanId);
  expect(await recorded.outcomes()).toHaveLength(1);
});

it('listeners are called once each, in order, with the server as `this`, and are there as before', async () => {
  const called: string[] = [];
  const server = patchedBefore((emit) => emit, function first(this: Server) {
    called.push(`first ${this === server}`);
  } as never);
  server.once('request', () => called.push('once'));
  server.on('request', (_request, response) => {
    called.push('last');
    response.end('ok');
  });
  const port = await recorded.serve(server);
  await ask(port, '/');
  await ask(port, '/');
  expect(called).toEqual(['first true', 'once', 'last', 'first true', 'last']);
  expect(server.listenerCount('request')).toBe(2);
  expect(await recorded.outcomes(2)).toHaveLength(1);
});

it('a wrapper that swallows the event, or throws, leaves the listeners where they were', () => {
  for (const wrapper of [
    () => false,
    () => {
      throw new RangeError('theirs');
    },
  ]) {
    const listener = () => {};
    const server = patchedBefore(() => wrapper, listener);
    try {
      server.emit('request', {} as never, {} as never);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
    expect(server.listeners('request')).toEqual([listener]);
  }
});

it('a listener that their wrapper adds meanwhile stays', () => {
  const added = () => {};
  const listener = () => {};
  const server: Server = patchedBefore(
    () => (event) => {
      server.on(event, added);
      return true;
    },
    listener,
  );
  server.emit('request', {} as never, {} as never);
  expect(server.listeners('request')).toEqual([listener, added]);
});

it('what the listeners throw goes through', () => {
  const server = patchedBefore(
    (emit) => emit,
    () => {
      throw new RangeError('from the application');
    },
  );
  expect(() => server.emit('request', {} as never, new EventEmitter() as never)).toThrow('from the application');
});
