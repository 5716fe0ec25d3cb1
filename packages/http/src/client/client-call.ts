import { performance } from 'node:perf_hooks';
import { type Context, type Span, SpanStatusCode } from '@opentelemetry/api';
import { endSpan, leaveBreadcrumb, recordDuration } from '@otel-monitor/operations';
import { errorType, type OperationSpan, runtimeState, setCleanAttributes } from '@otel-monitor/runtime';
import { countBeside } from '../count-beside.js';
import type { Counting } from '../other-recorders.js';
import type { RequestOutcome } from '../request-outcome.js';
import { CallContext } from './call-context.js';
import type { CallFacts } from './call-facts.js';
import type { ClientHost } from './client-host.js';
import { fullUrl } from './full-url.js';
import { type Peer, peerAttributes } from './peer-attributes.js';
import { keepRequest } from './recorded-requests.js';
import { redirected } from './redirects.js';

/** Sizes of the bodies of a request, in bytes, where they are known. */
export interface CallSizes {
  readonly requestBytes?: number | undefined;
  readonly responseBytes?: number | undefined;
}

/** Who makes and ends the span of a request. */
export interface CallSpan {
  readonly span: Span;
  /** The span, where it is one of ours. */
  readonly own?: OperationSpan | undefined;
  /** Set where another instrumentation records the request: the span is its own, and its to end. */
  readonly counting?: Counting;
}

/** A request to another service, from its sending to the end of its answer. No method throws; it ends once. */
export class ClientCall {
  /** What is sent in it belongs to this request; propagators write its span. */
  readonly context: Context;
  #status: number | undefined;
  #version = '';
  #failure: string | undefined;
  #ended = false;

  readonly span: Span;
  readonly #own: OperationSpan | undefined;
  readonly #counting: Counting | undefined;

  constructor(
    private readonly facts: CallFacts,
    private readonly host: ClientHost,
    { span, own, counting }: CallSpan,
    private readonly sender: Context,
    private readonly sent: { readonly startMillis: number; readonly resends: number },
  ) {
    this.span = span;
    this.#own = own;
    this.#counting = counting;
    this.context = new CallContext(sender, span);
  }

  /** Whether another instrumentation records it in a span of its own. */
  get isAdopted(): boolean {
    return this.#counting !== undefined;
  }

  /** It goes over a connection to this address; both as Node's sockets tell them. */
  connected(peer: Peer | null | undefined): void {
    const { span } = this;
    if (this.isAdopted || peer === null || peer === undefined || !span.isRecording()) return;
    const { attributes, isShared } = peerAttributes(peer);
    if (this.#own !== undefined && isShared) this.#own.share(attributes);
    else setCleanAttributes(span, attributes);
  }

  /**
   * The head of the answer is there.
   *
   * @param version of the protocol, as in `1.1`, where it is known
   * @param location of a redirect
   */
  responded(status: number, version = '', location?: unknown): void {
    this.#status = status;
    this.#version = version;
    if (location !== undefined) redirected(this.sender, this.facts, status, location, this.sent.resends);
  }

  /** It failed: there is no answer, or no whole one. */
  failed(error: unknown): void {
    this.#failure ??= errorType(error);
  }

  /** The answer is there as a whole, or none will come. */
  end({ requestBytes, responseBytes }: CallSizes = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    const now = performance.now();
    const outcome = this.host.outcome(this.#status, this.#version, this.#failure);
    this.#record(outcome, now);
    leaveBreadcrumb(outcome, this.span, this.#own, this.sent.startMillis, now);
    if (runtimeState.http.bodySizes) {
      if (requestBytes !== undefined) outcome.requestSize.record(requestBytes);
      if (responseBytes !== undefined) outcome.responseSize.record(responseBytes);
    }
    if (runtimeState.http.detailedLogging) this.#keep(now, responseBytes);
    if (!this.isAdopted) this.#endSpan(outcome, now);
  }

  #keep(now: number, responseSizeBytes: number | undefined): void {
    const { facts, span } = this;
    const status = this.#status;
    keepRequest({
      method: facts.method,
      url: fullUrl(facts),
      statusCode: status,
      responseSizeBytes,
      durationSeconds: (now - this.sent.startMillis) / 1000,
      errorType: this.#failure ?? (status !== undefined && status >= 400 ? String(status) : undefined),
      traceId: span.spanContext().traceId,
      endedAt: new Date().toISOString(),
    });
  }

  #record({ duration }: RequestOutcome, now: number): void {
    const { startMillis } = this.sent;
    if (this.#counting === undefined) recordDuration(duration, this.span, this.#own, startMillis, now);
    else countBeside(this.#counting, duration, this.span, startMillis, now);
  }

  #endSpan(outcome: RequestOutcome, now: number): void {
    const { span } = this;
    const own = this.#own;
    const isFailed = this.#failure !== undefined || (this.#status !== undefined && this.#status >= 400);
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    if (own !== undefined) {
      own.become(outcome);
      own.finish(now);
      return;
    }
    try {
      span.setAttributes(outcome.attributes);
    } catch {
      // it is the owner's to tell
    }
    endSpan(span);
  }
}
