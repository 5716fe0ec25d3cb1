import { type Context, context } from '@opentelemetry/api';
import { UNTRACED } from '@otel-monitor/propagation';
import { runtimeState } from '@otel-monitor/runtime';
import { isIgnored } from '../../ignored-paths.js';
import { oneRequests } from '../one-requests.js';
import { requestOf, rpcMetadataOf } from '../request-context.js';
import type { ServerRequest } from '../server-request.js';
import { passedThrough } from '../server-requests.js';
import { FetchFacts } from './fetch-facts.js';
import { recordedAnswer } from './recorded-answer.js';

/** A request that came as a `Request`, and is answered by a `Response`. */
export class FetchRequest {
  /** The context that all work for it must run in. */
  readonly context: Context;
  /** The request, if it is recorded here: by us, or by the server that it came through. */
  readonly recorded: ServerRequest | undefined;
  readonly #isOurs: boolean = false;

  /** Begins the request, if no server has. Never throws. */
  constructor(private readonly given: Request) {
    const active = context.active();
    this.recorded = requestOf(active);
    this.context = active;
    if (this.recorded !== undefined || rpcMetadataOf(active) !== undefined) return;
    const begun = begin(given);
    if (begun === undefined) return;
    this.context = begun;
    this.recorded = requestOf(begun);
    this.#isOurs = this.recorded !== undefined;
    if (this.#isOurs) given.signal?.addEventListener('abort', () => this.#closed(), { once: true });
  }

  /** Takes the route template. */
  found(route: string): void {
    const recorded = this.recorded ?? rpcMetadataOf(this.context);
    if (recorded !== undefined) recorded.route = route;
  }

  /** Asks for the route template at the end, where nobody has told it by then. */
  findLate(find: () => string | undefined): void {
    if (this.recorded !== undefined) this.recorded.lateRoute = find;
  }

  /** Remembers what the handler failed with. */
  failed(error: unknown): void {
    this.recorded?.failed(error);
  }

  /** No answer comes of it: what the handler threw is the caller's to answer. */
  threw(error: unknown): void {
    this.failed(error);
    this.#closed();
  }

  /** The handler has left by a throw that is none of its failures, and whoever called it answers. */
  left(): void {
    if (this.#isOurs) this.recorded?.answered({ status: undefined, isComplete: true });
  }

  /** The answer, which ends the request with the end of its body. */
  answered(response: Response): Response {
    const { recorded } = this;
    if (!this.#isOurs || recorded === undefined) return response;
    // it would hold the answer, which ends the request when nobody holds it
    recorded.lateRoute = undefined;
    return recordedAnswer(recorded, this.given, response);
  }

  #closed(): void {
    if (this.#isOurs) this.recorded?.answered({ status: undefined, isComplete: false });
  }
}

function begin(given: Request): Context | undefined {
  try {
    const facts = new FetchFacts(given);
    if (!runtimeState.enabled) return passedThrough(facts.headers);
    if (isIgnored(facts.target)) return UNTRACED;
    return oneRequests.start(facts)?.context;
  } catch {
    // something that only looks like a Request
    return undefined;
  }
}
