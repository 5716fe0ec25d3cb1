/** A NodeSDK with the official instrumentations of HTTP (BARE: without); its exports go to OWNER. The same file runs with SDK 2 and 3. */
const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-http');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
const { NodeSDK } = require('@opentelemetry/sdk-node');

const { OWNER, IGNORED, BARE } = process.env;
const exporter = new OTLPMetricExporter({ url: `${OWNER}/v1/metrics` });
globalThis.peer = new NodeSDK({
  traceExporter: new OTLPTraceExporter({ url: `${OWNER}/v1/traces` }),
  metricReaders: [new PeriodicExportingMetricReader({ exporter })],
  logRecordProcessors: [],
  autoDetectResources: false,
  instrumentations:
    BARE === undefined
      ? [
          new HttpInstrumentation({ ignoreIncomingRequestHook: () => IGNORED !== undefined }),
          new UndiciInstrumentation(),
        ]
      : [],
});
globalThis.peer.start();
