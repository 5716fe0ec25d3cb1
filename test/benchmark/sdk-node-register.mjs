/** What the service gets from the OpenTelemetry distribution itself: sdk-node with Prometheus and OTLP. */

import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

new NodeSDK({
  serviceName: 'service',
  traceExporter: new OTLPTraceExporter({ url: `${process.env.BENCHMARK_SINK}/v1/traces` }),
  metricReaders: [new PrometheusExporter({ host: '127.0.0.1', port: Number(process.env.BENCHMARK_PORT) })],
}).start();
