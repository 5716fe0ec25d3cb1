// Records on bound handles and prints what three kinds of readers of the SDK that is installed here make of it.
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { boundMeter, DeltaProducer, metricStore, StoreProducer, spanIds } from '@otel-monitor/bound-metrics';

class PlainReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const cumulative = new StoreProducer(metricStore);
const prometheus = new PrometheusExporter({ preventServerStart: true, metricProducers: [cumulative] });
const plain = new PlainReader({ metricProducers: [cumulative] });
const pushed = [AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA].map((temporality) => {
  const exporter = new InMemoryMetricExporter(temporality);
  const producer = temporality === AggregationTemporality.DELTA ? new DeltaProducer(metricStore) : cumulative;
  const reader = new PeriodicExportingMetricReader({ exporter, metricProducers: [producer] });
  return { exporter, reader };
});
const readers = [prometheus, plain, ...pushed.map(({ reader }) => reader)];
const provider = new MeterProvider({ readers });

const meter = boundMeter({ name: 'shop', version: '1' });
const attributes = { route: '/' };
const requests = meter.createCounter('requests', { description: 'Requests.' }).bind(attributes);
const open = meter.createUpDownCounter('open').bind(attributes);
const duration = meter.createHistogram('duration', { unit: 's', boundaries: [0.1, 1] }).bind(attributes);
const size = meter.createExponentialHistogram('size', { unit: 'By', maxSize: 4 }).bind(attributes);
const plainCounter = provider.getMeter('library').createCounter('plain');

function record() {
  requests.add(2);
  open.add(-1);
  duration.record(0.5, spanIds('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'), 1_700_000_000_000);
  for (const value of [0, 1, 16]) size.record(value);
  plainCounter.add(1);
}

const shown = ({ scopeMetrics }) =>
  Object.fromEntries(
    scopeMetrics.flatMap(({ metrics }) =>
      metrics
        .filter(({ descriptor }) => !descriptor.name.startsWith('otel.'))
        .map(({ descriptor, aggregationTemporality, dataPoints }) => [
          descriptor.name,
          [aggregationTemporality, ...dataPoints.map(({ value }) => value)],
        ]),
    ),
  );

record();
await provider.forceFlush();
record();
await provider.forceFlush();
const collected = await plain.collect();
const page = await prometheus.collect();
console.log(
  JSON.stringify({
    errors: [...collected.errors, ...page.errors].map(String),
    page: new PrometheusSerializer()
      .serialize(page.resourceMetrics)
      .split('\n')
      .filter((line) => !/^#|^otel_|^target_info/.test(line)),
    plain: shown(collected.resourceMetrics),
    pushed: pushed.map(({ exporter }) => exporter.getMetrics().map(shown)),
  }),
);
await provider.shutdown();
