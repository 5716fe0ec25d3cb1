/** recordException of the SDK's own span, under the plain 2.12 SDK. */
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

export async function setUp({ sink }) {
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${sink}/v1/traces` }))],
  });
  provider.register();
  const tracer = trace.getTracer('benchmark');
  let recorded = 0;
  return {
    startSpan: () => tracer.startSpan('sprite_extraction'),
    record: (span, error) => span.recordException(error),
    endSpan: (span) => {
      recorded += span.events.length;
      span.end();
    },
    flush: () => provider.forceFlush(),
    recorded: () => recorded,
  };
}
