import { performance } from 'node:perf_hooks';
import { type Context, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { SpanStarter } from '@otel-monitor/operations';
import { isTracingSuppressed, UNTRACED } from '@otel-monitor/propagation';
import { report } from '@otel-monitor/runtime';
import { HTTP_SCOPE } from '../http-scope.js';
import { carriesContext } from './carries-context.js';
import { requestOfOthers } from './other-instrumentation.js';
import { describeRequest } from './request-attributes.js';
import type { RequestFacts } from './request-facts.js';
import { ServerMethods } from './server-method.js';
import { ServerRequest } from './server-request.js';

/** Starts requests to this service. */
export class ServerRequests {
  readonly #methods = new ServerMethods();
  readonly #spans = new SpanStarter(HTTP_SCOPE);

  /**
   * Starts a request in the trace that its headers tell; invalid headers start a new one. Never throws.
   *
   * @returns undefined where it cannot be recorded, or whoever else traces requests leaves it out
   */
  start(facts: RequestFacts): ServerRequest | undefined {
    try {
      const now = performance.now();
      const method = this.#methods.get(facts.method, facts.scheme, facts.version);
      const active = context.active();
      // ours is that of a request that was left out and started this server
      if (isTracingSuppressed(active) && active !== UNTRACED) return undefined;
      const other = requestOfOthers(active, facts);
      if (other !== undefined)
        return new ServerRequest(method, { span: other.span, own: undefined, other }, active, now);
      const parent = carriesContext(facts) ? propagation.extract(ROOT_CONTEXT, facts.headers) : ROOT_CONTEXT;
      const own = this.#spans.own?.start(method, parent, now);
      const span = own ?? this.#spans.startThroughApi(method, parent);
      if (span.isRecording()) describeRequest(span, own, facts);
      return new ServerRequest(method, { span, own, other: undefined }, parent, now);
    } catch {
      report('http-request', 'a request could not be recorded; it was answered unmonitored');
      return undefined;
    }
  }
}

/** What is left of a request while monitoring is off: the trace and baggage that it came with. Never throws. */
export function passedThrough(headers: RequestFacts['headers']): Context {
  try {
    return propagation.extract(ROOT_CONTEXT, headers);
  } catch {
    return context.active();
  }
}
