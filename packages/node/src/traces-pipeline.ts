import {
  type MeterProvider,
  type ProxyTracerProvider,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { LimitsConfig, SamplingConfig } from '@otel-monitor/config';
import { noteTracer } from '@otel-monitor/http';
import { report, runtimeState, withDeadline } from '@otel-monitor/runtime';
import { OwnSpanSource } from '@otel-monitor/spans';
import type { BatchQueueLimits } from './batch-queue.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { type OwnPipeline, queuedPipeline } from './own-pipeline.js';
import { withCleanScope } from './redaction/clean-scope.js';
import { createSampler } from './sampler.js';
import { type SpanQueue, spanQueue } from './span-queue.js';

export interface TracesSettings {
  readonly resource: Resource;
  readonly sampling: SamplingConfig;
  readonly propagator: TextMapPropagator;
  /** Undefined: spans are made and kept in context, and end unexported. */
  readonly endpoint: OtlpEndpoint | undefined;
  readonly limits: BatchQueueLimits;
  readonly spanLimits: LimitsConfig;
  /** Takes the self-metrics `otel.sdk.*`. */
  readonly meterProvider: MeterProvider;
}

/** Builds and registers the tracer provider, the context manager and the propagator; synchronous. */
export function startTraces(settings: TracesSettings): OwnPipeline {
  const { endpoint, meterProvider, spanLimits } = settings;
  const queued = endpoint === undefined ? undefined : spanQueue(endpoint, settings.limits, meterProvider);
  const provider = new NodeTracerProvider({
    resource: settings.resource,
    sampler: createSampler(settings.sampling),
    spanLimits: {
      attributeValueLengthLimit: spanLimits.attributeValueLength,
      attributeCountLimit: spanLimits.attributeCount,
      eventCountLimit: spanLimits.eventsPerSpan,
      linkCountLimit: spanLimits.linksPerSpan,
      attributePerEventCountLimit: spanLimits.attributesPerEvent,
      attributePerLinkCountLimit: spanLimits.attributesPerLink,
    },
    spanProcessors: queued === undefined ? [] : [queueSpans(queued)],
    meterProvider,
  });
  noteTracers(provider);
  provider.register({ propagator: settings.propagator });
  const isRegistered = () => (trace.getTracerProvider() as ProxyTracerProvider).getDelegate?.() === provider;
  // operations have spans of ours: an SDK's span each would cost more than all else that is done for them
  const source = new OwnSpanSource({
    resource: settings.resource,
    limits: spanLimits,
    sampling: settings.sampling,
    meterProvider,
    export: queued && ((span) => queued.push(span)),
  });
  if (isRegistered()) runtimeState.spanSource = source;
  else
    report('registration', 'spans are not recorded: the program loads another copy or version of @opentelemetry/api');
  return queuedPipeline(queued, async (timeoutMillis) => {
    if (runtimeState.spanSource === source) runtimeState.spanSource = undefined;
    await withDeadline(provider.shutdown(), timeoutMillis);
    // a later start finds the place free; context and propagation stay, they cost nothing and others may rely on them
    if (isRegistered()) trace.disable();
  });
}

function queueSpans(queued: SpanQueue): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) queued.push(span);
    },
    forceFlush: () => queued.flush(PROVIDER_FLUSH_MILLIS),
    shutdown: () => Promise.resolve(),
  };
}

/** How long a flush may take that somebody asks of the provider itself. */
const PROVIDER_FLUSH_MILLIS = 10_000;

/** Instrumentations that trace requests through our provider are told of: ours look for what they have written. */
function noteTracers(provider: NodeTracerProvider): void {
  const getTracer = withCleanScope(provider.getTracer.bind(provider));
  provider.getTracer = (name, ...more) => {
    noteTracer(name);
    return getTracer(name, ...more);
  };
}
