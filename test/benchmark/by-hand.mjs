/**
 * The same telemetry written by hand with the plain 2.12 SDK: a batch processor with the OTLP exporter, one Prometheus
 * reader, and for each operation a span, a histogram and an up-down counter.
 */
import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { NAME, ROM_TYPE, SCOPE, work } from './work.mjs';

export async function setUp({ sink, ratio }) {
  const resource = resourceFromAttributes({ 'service.name': 'benchmark', 'service.version': '1.0.0' });
  const tracerProvider = new NodeTracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${sink}/v1/traces` }))],
  });
  tracerProvider.register();
  const reader = new PrometheusExporter({ preventServerStart: true });
  metrics.setGlobalMeterProvider(new MeterProvider({ resource, readers: [reader] }));

  const tracer = trace.getTracer(SCOPE.name, SCOPE.version);
  const meter = metrics.getMeter(SCOPE.name, SCOPE.version);
  const duration = meter.createHistogram('monitor.operation.duration', {
    unit: 's',
    description: 'Duration of operations; a failed one carries error.type.',
    advice: {
      explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    },
  });
  const active = meter.createUpDownCounter('monitor.operation.active', {
    unit: '{operation}',
    description: 'Operations that have started and not ended.',
  });
  const errors = meter.createCounter('monitor.errors', { unit: '{error}' });

  function failed(span, error) {
    span.recordException(error);
    span.setAttribute('error.type', error.name);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    errors.add(1, { 'error.type': error.name, 'monitor.operation.name': NAME });
  }

  function ended(span, start) {
    const seconds = (performance.now() - start) / 1000;
    duration.record(seconds, { rom_type: ROM_TYPE, 'monitor.operation.name': NAME });
    active.add(-1, { 'monitor.operation.name': NAME });
    span.end();
  }

  function sync(i) {
    const attributes = { rom_type: ROM_TYPE, 'monitor.operation.name': NAME };
    return tracer.startActiveSpan(NAME, { attributes }, (span) => {
      active.add(1, { 'monitor.operation.name': NAME });
      const start = performance.now();
      try {
        span.setAttribute('sprites', i);
        return work(i);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        ended(span, start);
      }
    });
  }

  function async(i) {
    const attributes = { rom_type: ROM_TYPE, 'monitor.operation.name': NAME };
    return tracer.startActiveSpan(NAME, { attributes }, async (span) => {
      active.add(1, { 'monitor.operation.name': NAME });
      const start = performance.now();
      try {
        span.setAttribute('sprites', i);
        return work(i);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        ended(span, start);
      }
    });
  }

  return {
    sync,
    async,
    flush: () => tracerProvider.forceFlush(),
    points: async () => (await reader.collect()).resourceMetrics.scopeMetrics,
  };
}
