import { context } from '@opentelemetry/api';
import { foundRoute } from './server/found-route.js';
import { beginRequest } from './server/node/begin-request.js';
import { answeredRequest } from './server/node/monitored-messages.js';

/** A request and a reply of Fastify, as far as they are read. */
interface FastifyRequest {
  readonly raw: object;
  /** Without `url` where no route matched. */
  readonly routeOptions?: { readonly url?: string | undefined };
}
interface FastifyReply {
  readonly raw: object;
}
type Done = (error?: Error | null, payload?: unknown) => void;

/** An instance of Fastify, by the hooks that are used. */
interface FastifyInstance {
  // biome-ignore lint/suspicious/noExplicitAny: Fastify overloads it by the names of hooks
  addHook(name: any, hook: any): unknown;
}

/**
 * A plugin for Fastify 5, over HTTP/1 and HTTP/2, that gives requests their route template and the error they failed with;
 * it starts the request where nobody has. Register it before the routes: `app.register(monitorFastify)`.
 */
export function monitorFastify(instance: FastifyInstance, _options: unknown, done: () => void): void {
  instance.addHook('onRequest', onRequest);
  instance.addHook('onError', onError);
  instance.addHook('onSend', onSend);
  done();
}

// its hooks are for the instance that it is registered in, as those of `fastify-plugin`
Object.assign(monitorFastify, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: '@otel-monitor/http',
});

function onRequest({ raw, routeOptions }: FastifyRequest, reply: FastifyReply, done: Done): void {
  const begun = beginRequest(raw, reply.raw);
  if (routeOptions?.url !== undefined) foundRoute(reply.raw, routeOptions.url);
  context.with(begun, done);
}

function onError(_request: FastifyRequest, reply: FastifyReply, error: unknown, done: () => void): void {
  answeredRequest(reply.raw)?.failed(error);
  done();
}

/** A stream that breaks after the headers ends the answer without a word: Fastify itself listens for it as well. */
function onSend(_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void {
  const { on } = (payload ?? {}) as { readonly on?: unknown };
  const request = typeof on === 'function' ? answeredRequest(reply.raw) : undefined;
  if (request !== undefined)
    Reflect.apply(on as (...args: unknown[]) => void, payload, ['error', (error: unknown) => request.failed(error)]);
  done(null, payload);
}
