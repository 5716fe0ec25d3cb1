/**
 * What is compared with: the official instrumentations and the plain 2.12 SDK around them, with traces by the batch processor
 * and OTLP in protobuf, and metrics for one Prometheus reader. BENCHMARK_INSTRUMENTATIONS names the instrumentations.
 */
import { createRequire } from 'node:module';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Where a child finds the metric reader; http-child.mjs has it too, which must not load before the instrumentations. */
const READER = Symbol.for('benchmark.metric-reader');

const AVAILABLE = {
  http: () => new HttpInstrumentation(),
  // the route, and no span for each layer: more spans than ours would be more work than ours
  express: () => new ExpressInstrumentation({ ignoreLayersType: ['middleware', 'request_handler', 'router'] }),
  undici: () => new UndiciInstrumentation(),
};

const resource = resourceFromAttributes({ 'service.name': 'service' });
const ratio = Number(process.env.BENCHMARK_RATIO);
const tracerProvider = new NodeTracerProvider({
  resource,
  sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${process.env.BENCHMARK_SINK}/v1/traces` }))],
});
tracerProvider.register();
const reader = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({ resource, readers: [reader] });
metrics.setGlobalMeterProvider(meterProvider);
globalThis[READER] = reader;

registerInstrumentations({
  tracerProvider,
  meterProvider,
  instrumentations: process.env.BENCHMARK_INSTRUMENTATIONS.split(',').map((name) => AVAILABLE[name]()),
});
// a program of ES modules has patched what was asked for by require() once
createRequire(import.meta.url)('node:http');
