import { performance } from 'node:perf_hooks';
import { context, propagation, type TextMapSetter } from '@opentelemetry/api';
import { SpanStarter } from '@otel-monitor/operations';
import { isTracingSuppressed } from '@otel-monitor/propagation';
import { cleanText, report, runtimeState, setCleanAttribute } from '@otel-monitor/runtime';
import {
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_URL_FULL,
  HTTP_METHOD_OTHER,
} from '@otel-monitor/semconv';
import { HTTP_SCOPE } from '../http-scope.js';
import { knownMethod } from '../method-name.js';
import { isRecorded } from './call-context.js';
import type { CallFacts } from './call-facts.js';
import { ClientCall } from './client-call.js';
import { ClientHosts } from './client-host.js';
import { exchangeOf } from './exchange-context.js';
import { fullUrl } from './full-url.js';
import type { OtherCall } from './other-calls.js';
import { redirectsTo } from './redirects.js';

/** Starts requests to other services. */
export class ClientCalls {
  readonly #hosts = new ClientHosts();
  readonly #spans = new SpanStarter(HTTP_SCOPE);

  /**
   * Starts a request that is about to be sent. Never throws.
   *
   * @returns undefined where it is not to be recorded: that of an exporter, one that a client further out records, or any
   *   while monitoring is off
   */
  start(facts: CallFacts): ClientCall | undefined {
    try {
      const sender = context.active();
      if (!runtimeState.enabled || isRecorded(sender) || isTracingSuppressed(sender)) return undefined;
      const now = performance.now();
      const host = this.#hosts.get(facts.method, facts.address, facts.port);
      const own = this.#spans.own?.start(host, sender, now);
      const span = own ?? this.#spans.startThroughApi(host, sender);
      const exchange = exchangeOf(sender);
      const resends = exchange === undefined ? redirectsTo(sender, facts) : exchange.sent;
      if (exchange !== undefined) exchange.sent += 1;
      if (span.isRecording()) {
        setCleanAttribute(span, ATTR_URL_FULL, fullUrl(facts));
        if (resends > 0) setCleanAttribute(span, ATTR_HTTP_REQUEST_RESEND_COUNT, resends);
        if (knownMethod(facts.method) === HTTP_METHOD_OTHER) {
          setCleanAttribute(span, ATTR_HTTP_REQUEST_METHOD_ORIGINAL, cleanText(facts.method, 64));
        }
      }
      return new ClientCall(facts, host, { span, own }, sender, { startMillis: now, resends });
    } catch {
      return unrecorded();
    }
  }

  /** Starts a request that another instrumentation records: it is counted where that one does not. Never throws. */
  adopt(facts: CallFacts, other: OtherCall): ClientCall | undefined {
    try {
      const sender = context.active();
      if (!runtimeState.enabled || isRecorded(sender) || isTracingSuppressed(sender)) return undefined;
      const host = this.#hosts.get(facts.method, facts.address, facts.port);
      return new ClientCall(facts, host, other, sender, { startMillis: performance.now(), resends: 0 });
    } catch {
      return unrecorded();
    }
  }
}

function unrecorded(): undefined {
  report('http-call', 'a request to another service could not be recorded; it was sent unmonitored');
}

/**
 * Writes the trace that a request is sent in into its headers: that of `call`, or where it is not recorded that of the
 * sender, for the services before and after this one to stay in one trace. Never throws.
 */
export function injectInto<Carrier>(
  call: ClientCall | undefined,
  carrier: Carrier,
  setter: TextMapSetter<Carrier>,
): void {
  try {
    const sender = call?.context ?? context.active();
    if (call === undefined && isTracingSuppressed(sender)) return;
    const inject = () => propagation.inject(sender, carrier, setter);
    // propagators of vendors may tell of nothing but the active context (Sentry's does)
    if (runtimeState.spanSource === undefined) context.with(sender, inject);
    else inject();
  } catch {
    // a request goes out without its trace rather than not at all
  }
}

/** Whichever client a request is sent by, it is started here. */
export const oneCalls: ClientCalls = new ClientCalls();
