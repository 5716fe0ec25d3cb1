import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { ANSWER_HEADERS } from './answer-headers.js';
import { callerOf } from './caller.js';
import { ANSWERED, type AskedHeaders, json, type PageAnswer } from './page.js';
import type { Site } from './site.js';

/**
 * A request listener of Node. Nothing of fetch is touched on its way: its first use alone costs a process 5 MB.
 */
export function nodeHandler(site: Site): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(site, request, response).catch(() => response.destroy());
  };
}

async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = askedHeaders(request);
  const path = pathOf(request.url ?? '');
  const method = request.method ?? '';
  const host = headers.get('host');
  const answer =
    path === undefined || host === null || /[\s\p{Cc}]/u.test(host)
      ? json({ error: 'the request cannot be read' }, 400)
      : await site.answer({
          method,
          path,
          query: queryOf(request.url ?? ''),
          url: '',
          headers,
          caller: callerOf(headers, request),
          response,
        });
  if (answer !== ANSWERED && !response.headersSent) send(answer, response, method === 'HEAD');
}

function send({ status, headers, body }: PageAnswer, response: ServerResponse, isHead: boolean): void {
  const all: Record<string, string | number> = { ...ANSWER_HEADERS, ...headers };
  if (typeof body === 'string') all['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, all);
  if (isHead || body === undefined || typeof body === 'string') response.end(isHead ? undefined : body);
  else pipeline(Readable.from(body), response, () => {});
}

/** The path without the query; undefined when it is none. A proxy's request has the whole address. */
function pathOf(target: string): string | undefined {
  if (target.startsWith('/')) return /^[^?#]*/.exec(target)?.[0];
  return URL.canParse(target) ? new URL(target).pathname : undefined;
}

function queryOf(target: string): string {
  return /^[^?#]*\?([^#]*)/.exec(target)?.[1] ?? '';
}

function askedHeaders({ headers }: IncomingMessage): AskedHeaders {
  const get = (name: string): string | null => {
    // HTTP/2 has the host in a place of its own
    const value = headers[name] ?? (name === 'host' ? headers[':authority'] : undefined);
    return value === undefined ? null : String(value);
  };
  return { get, has: (name) => get(name) !== null };
}
