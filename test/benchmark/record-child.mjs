/** Measures what one record on a histogram costs, in a process of its own. */
const { variant, count, promClient } = JSON.parse(process.argv[2]);
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Durations from 1 ms to 5 s, as many of each order. */
const VALUES = Float64Array.from({ length: 1024 }, (_, i) => 0.001 * 5000 ** (((i * 379) % 1024) / 1024));

const variants = {
  bound: async () => {
    const { metricStore } = await import('@otel-monitor/bound-metrics');
    const { runtimeState } = await import('@otel-monitor/runtime');
    const { OPERATION_DURATION } = await import('@otel-monitor/semconv');
    runtimeState.metrics = 'own';
    const series = metricStore
      .scope({ name: 'benchmark' })
      .histogram(OPERATION_DURATION)
      .bind({ rom_type: 'sfc', 'monitor.operation.name': 'sprite_extraction' });
    return { record: (value) => series.record(value), total: async () => series.count };
  },
  sdk: async () => {
    const { MeterProvider } = await import('@opentelemetry/sdk-metrics');
    const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus');
    const reader = new PrometheusExporter({ preventServerStart: true });
    const histogram = new MeterProvider({ readers: [reader] })
      .getMeter('benchmark')
      .createHistogram('monitor.operation.duration', { advice: { explicitBucketBoundaries: BOUNDARIES } });
    return {
      record: (value) => histogram.record(value, { rom_type: 'sfc', 'monitor.operation.name': 'sprite_extraction' }),
      total: async () => {
        const { resourceMetrics } = await reader.collect();
        return resourceMetrics.scopeMetrics[0].metrics[0].dataPoints[0].value.count;
      },
    };
  },
  'prom-client': async () => {
    const { default: client } = await import(promClient);
    const labelNames = ['rom_type', 'operation'];
    const histogram = new client.Histogram({ name: 'duration', help: 'Duration.', labelNames, buckets: BOUNDARIES });
    const bound = histogram.labels('sfc', 'sprite_extraction');
    return {
      record: (value) => bound.observe(value),
      total: async () => (await histogram.get()).values.find(({ metricName }) => metricName === 'duration_count').value,
    };
  },
};

const { record, total } = await variants[variant]();
const run = (times) => {
  for (let i = 0; i < times; i += 1) record(VALUES[i & 1023]);
};
run(count / 4);
const start = process.cpuUsage();
run(count);
const { user, system } = process.cpuUsage(start);
const recorded = await total();
if (recorded !== count * 1.25) throw new Error(`${variant} recorded ${recorded} of ${count * 1.25}`);
process.send({ type: 'result', result: { microsPerCall: (user + system) / count } }, () => process.exit());
