import { Access, type Verdict } from './access.js';
import type { Caller } from './caller.js';
import { HostPolicy } from './host-policy.js';
import { type AddPage, type ANSWERED, json, type PageAnswer, type PageRequest, text } from './page.js';
import { Routes } from './routes.js';
import type { ServerOptions } from './server-options.js';
import type { ServerSources } from './server-sources.js';
import { DeadlineError } from './within.js';

/** A request before its page is known. */
export interface SiteRequest extends Omit<PageRequest, 'name'> {
  /** As it stands in the request, without the query. */
  readonly path: string;
  /** The whole address; its host counts where there is no Host header. */
  readonly url: string;
  readonly caller: Caller;
}

const refusals: Readonly<Record<Exclude<Verdict, 'allowed'>, { status: 401 | 403; error: string }>> = {
  'no token': { status: 401, error: 'a token is needed: Authorization: Bearer <token>' },
  'bad token': { status: 401, error: 'the token is not known' },
  'role too low': { status: 403, error: 'the role may not do this' },
};

/** Answers requests by the pages that were added, for those who may read them. */
export class Site {
  readonly #routes = new Routes();
  readonly #access: Access;
  readonly #hosts: HostPolicy;

  constructor(
    private readonly failed: ServerSources['failed'],
    options: ServerOptions,
  ) {
    this.#access = new Access(options);
    this.#hosts = new HostPolicy(options.allowedHosts ?? []);
  }

  get isForLocalCallers(): boolean {
    return this.#access.isForLocalCallers;
  }

  readonly addPage: AddPage = (path, who, page) => this.#routes.add(path, who, page);

  /** Never rejects. */
  async answer(request: SiteRequest): Promise<PageAnswer | typeof ANSWERED> {
    const route = this.#routes.find(request.path);
    if (route === undefined) return json({ error: 'there is no such page', pages: this.#routes.paths }, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return json({ error: 'only GET and HEAD' }, 405, { allow: 'GET, HEAD' });
    }
    try {
      const refusal = route.who === 'anyone' ? undefined : this.#refusal(route.who, request);
      return refusal ?? (await route.page({ ...request, name: route.name }));
    } catch (error) {
      return this.#failure(request.path, error);
    }
  }

  #refusal(role: Parameters<Access['check']>[0], request: SiteRequest): PageAnswer | undefined {
    const byHost = this.#hosts.refusal(request, request.caller);
    if (byHost !== undefined) return json({ error: byHost }, 403);
    const verdict = this.#access.check(role, request.headers, request.caller);
    if (verdict === 'allowed') return undefined;
    const { status, error } = refusals[verdict];
    return json({ error }, status, status === 401 ? { 'www-authenticate': 'Bearer realm="otel-monitor"' } : {});
  }

  #failure(path: string, error: unknown): PageAnswer {
    try {
      this.failed?.(path, error);
    } catch {
      // there is nobody else to tell
    }
    // what was thrown may hold anything: it is for the application's log alone
    return error instanceof DeadlineError ? text(`${error.message}\n`, 503) : text('this page failed\n', 500);
  }
}
