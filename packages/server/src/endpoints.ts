import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { ServerRole } from '@otel-monitor/config';
import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { Access, type Verdict } from './access.js';
import type { AddPage } from './add-page.js';
import { ANSWER_HEADERS } from './answer-headers.js';
import { callerOf } from './caller.js';
import { addHealthPages } from './health-pages.js';
import { HostPolicy } from './host-policy.js';
import { addMetricsPage } from './metrics-page.js';
import { addProbes } from './probes.js';
import type { ServerOptions } from './server-options.js';
import type { ServerSources } from './server-sources.js';
import { DeadlineError } from './within.js';

/** The endpoints, without a server. */
export interface Endpoints {
  /** A request listener for any server of Node. Under a prefix, that must be taken off `url` first, as Express does. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /**
   * The same for a server that speaks fetch. Without the bindings of @hono/node-server as second argument nobody is a
   * local caller, so that tokens, or `auth: "none"`, are needed.
   */
  readonly fetch: (request: Request, bindings?: unknown) => Promise<Response>;
  /** True without tokens and without `auth: "none"`: only loopback may be listened on. */
  readonly isForLocalCallers: boolean;
}

const refusals: Readonly<Record<Exclude<Verdict, 'allowed'>, { status: 401 | 403; error: string }>> = {
  'no token': { status: 401, error: 'a token is needed: Authorization: Bearer <token>' },
  'bad token': { status: 401, error: 'the token is not known' },
  'role too low': { status: 403, error: 'the role may not do this' },
};

/** Makes the endpoints; starts nothing. */
export function createEndpoints(sources: ServerSources, options: ServerOptions = {}): Endpoints {
  const access = new Access(options);
  const hosts = new HostPolicy(options.allowedHosts ?? []);
  const app = new Hono();
  const paths: string[] = [];

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(ANSWER_HEADERS)) context.header(name, value);
  });
  const guard =
    (role: ServerRole): MiddlewareHandler =>
    async (context, next) => {
      const { raw } = context.req;
      const caller = callerOf(raw, context.env);
      const refusal = hosts.refusal(raw, caller);
      if (refusal !== undefined) return context.json({ error: refusal }, 403);
      const verdict = access.check(role, raw.headers, caller);
      if (verdict === 'allowed') return next();
      const { status, error } = refusals[verdict];
      if (status === 401) context.header('www-authenticate', 'Bearer realm="otel-monitor"');
      return context.json({ error }, status);
    };
  const failure = (error: unknown, context: Context) => {
    tell(() => sources.failed?.(context.req.path, error));
    // what was thrown may hold anything: it is for the application's log alone
    const isLate = error instanceof DeadlineError;
    return context.text(isLate ? `${error.message}\n` : 'this page failed\n', isLate ? 503 : 500);
  };
  const addPage: AddPage = (path, who, page) => {
    paths.push(path);
    // hono's own handler lets through what is thrown and no Error
    const shown = async (context: Context) => {
      try {
        return await page(context);
      } catch (error) {
        return failure(error, context);
      }
    };
    if (who === 'anyone') app.get(path, shown);
    else app.get(path, guard(who), shown);
    app.all(path, (context) => {
      context.header('allow', 'GET, HEAD');
      return context.json({ error: 'only GET and HEAD' }, 405);
    });
  };

  addProbes(addPage, sources);
  addMetricsPage(addPage, sources);
  addHealthPages(addPage, sources);
  addPage('/dashboard/overview', 'viewer', (context) =>
    context.json({ snapshot: sources.snapshot(), status: sources.status() }),
  );

  app.notFound((context) => context.json({ error: 'there is no such page', pages: paths }, 404));
  app.onError(failure);

  const fetch = async (request: Request, bindings?: unknown): Promise<Response> =>
    app.fetch(request, bindings as object);
  const listener = getRequestListener(fetch, {
    // the application's own Request and Response stay what they are
    overrideGlobalObjects: false,
    errorHandler: () =>
      Response.json({ error: 'the request cannot be read' }, { status: 400, headers: ANSWER_HEADERS }),
  });
  return {
    handler: (request, response) => void listener(request, response).catch(() => {}),
    fetch,
    isForLocalCallers: access.isForLocalCallers,
  };
}

function tell(whom: () => void): void {
  try {
    whom();
  } catch {
    // there is nobody else to tell
  }
}
