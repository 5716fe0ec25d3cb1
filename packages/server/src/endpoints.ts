import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANSWER_HEADERS } from './answer-headers.js';
import { callerOf, type NodeBindings } from './caller.js';
import { addErrorPages } from './error-pages.js';
import { addHealthPages } from './health-pages.js';
import { addMetricsPage } from './metrics-page.js';
import { nodeHandler } from './node-handler.js';
import { ANSWERED, json } from './page.js';
import { addProbes } from './probes.js';
import type { ServerOptions } from './server-options.js';
import type { ServerSources } from './server-sources.js';
import { Site } from './site.js';
import { addUsagePages } from './usage-pages.js';

/** The endpoints, without a server. */
export interface Endpoints {
  /** A request listener for any server of Node. Under a prefix, that must be taken off `url` first, as Express does. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /**
   * The same for a server that speaks fetch. Without Node's request as `incoming` in the second argument, as
   * @hono/node-server gives it, nobody is a local caller, so that tokens, or `auth: "none"`, are needed.
   */
  readonly fetch: (request: Request, bindings?: unknown) => Promise<Response>;
  /** True without tokens and without `auth: "none"`: only loopback may be listened on. */
  readonly isForLocalCallers: boolean;
}

/** Makes the endpoints; starts nothing. */
export function createEndpoints(sources: ServerSources, options: ServerOptions = {}): Endpoints {
  const site = new Site(sources.failed && ((path, error) => sources.failed?.(path, error)), options);
  const { addPage } = site;
  addProbes(addPage, sources);
  addMetricsPage(addPage, sources);
  addHealthPages(addPage, sources);
  addErrorPages(addPage, sources);
  addUsagePages(addPage, sources);
  addPage('/dashboard/overview', 'viewer', () => json({ snapshot: sources.snapshot(), status: sources.status() }));
  return {
    handler: nodeHandler(site),
    fetch: (request, bindings) => answerFetch(site, request, bindings),
    isForLocalCallers: site.isForLocalCallers,
  };
}

async function answerFetch(site: Site, request: Request, bindings: unknown): Promise<Response> {
  const { method, headers, url } = request;
  const caller = callerOf(headers, (bindings as NodeBindings | undefined)?.incoming);
  const { pathname: path, search } = new URL(url);
  const query = search.slice(1);
  const answer = await site.answer({ method, path, query, url, headers, caller, response: undefined });
  if (answer === ANSWERED) throw new Error('a page without a response of Node cannot have answered');
  const body = method === 'HEAD' ? null : answer.body;
  return new Response(body ?? null, { status: answer.status, headers: { ...ANSWER_HEADERS, ...answer.headers } });
}
