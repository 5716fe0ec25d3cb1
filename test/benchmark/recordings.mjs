/** Ways to record on a histogram with two attributes and 14 boundaries: `record`, and the counts that were recorded. */
const NAME = 'monitor.operation.duration';
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const ATTRIBUTES = { rom_type: 'sfc', 'monitor.operation.name': 'sprite_extraction' };

export const recordings = {
  bound: async () => {
    const { series } = await boundSeries();
    return { record: (value) => series.record(value), totals: async () => [series.count] };
  },
  /** As an operation does: it hands the ids of its sampled span over, and the time that it ended. */
  'bound, exemplars': async () => {
    const { series } = await boundSeries();
    const { spanIds } = await import('@otel-monitor/bound-metrics');
    const spans = Array.from({ length: 1024 }, (_, i) => spanIds(hexadecimal(i + 1, 32), hexadecimal(i + 1, 16)));
    const start = Date.now();
    let last = 0;
    return {
      record: (value, i) => {
        last = i;
        series.record(value, spans[i & 1023], start + (i >> 10));
      },
      totals: async () => {
        assertLastExemplar(series, spans[last & 1023]);
        return [series.count];
      },
    };
  },
  'bound, 1 reader': () => boundWithReaders(1),
  'bound, 3 readers': () => boundWithReaders(3),
  sdk: () => sdkWithReaders(1),
  'sdk, 3 readers': () => sdkWithReaders(3),
  'prom-client': async (promClient) => {
    const { default: client } = await import(promClient);
    const labelNames = ['rom_type', 'operation'];
    const histogram = new client.Histogram({ name: 'duration', help: 'Duration.', labelNames, buckets: BOUNDARIES });
    const bound = histogram.labels('sfc', 'sprite_extraction');
    const count = ({ values }) => values.find(({ metricName }) => metricName === 'duration_count').value;
    return { record: (value) => bound.observe(value), totals: async () => [count(await histogram.get())] };
  },
};

async function boundSeries() {
  const { metricStore, StoreProducer } = await import('@otel-monitor/bound-metrics');
  const { runtimeState } = await import('@otel-monitor/runtime');
  const { OPERATION_DURATION } = await import('@otel-monitor/semconv');
  runtimeState.metrics = 'own';
  const series = metricStore.scope({ name: 'benchmark' }).histogram(OPERATION_DURATION).bind(ATTRIBUTES);
  return { series, producer: new StoreProducer(metricStore) };
}

async function boundWithReaders(count) {
  const { series, producer } = await boundSeries();
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics');
  const readers = await makeReaders(count, { metricProducers: [producer] });
  new MeterProvider({ readers });
  return { record: (value) => series.record(value), ...collecting(readers) };
}

async function sdkWithReaders(count) {
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics');
  const readers = await makeReaders(count, {});
  const histogram = new MeterProvider({ readers })
    .getMeter('benchmark')
    .createHistogram(NAME, { advice: { explicitBucketBoundaries: BOUNDARIES } });
  // written by hand, the attributes are written at the call
  const record = (value) => histogram.record(value, { rom_type: 'sfc', 'monitor.operation.name': 'sprite_extraction' });
  return { record, ...collecting(readers) };
}

async function makeReaders(count, options) {
  const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus');
  return Array.from({ length: count }, () => new PrometheusExporter({ preventServerStart: true, ...options }));
}

/** Each reader must have seen every record. */
function collecting(readers) {
  const counts = async () => {
    const collected = await Promise.all(readers.map((reader) => reader.collect()));
    return collected.map(({ resourceMetrics }) => durationOf(resourceMetrics)?.dataPoints[0].value.count ?? 0);
  };
  return { collect: counts, totals: counts };
}

function durationOf({ scopeMetrics }) {
  return scopeMetrics.flatMap(({ metrics }) => metrics).find(({ descriptor }) => descriptor.name === NAME);
}

function hexadecimal(number, length) {
  return number.toString(16).padStart(length, '0');
}

/** The last span must be the one that its bucket keeps: else what was measured has kept nothing. */
function assertLastExemplar({ exemplars }, { traceId3, spanId1 }) {
  for (let at = 0; at < (exemplars?.ids.length ?? 0); at += 6) {
    if (exemplars.ids[at + 3] === traceId3 && exemplars.ids[at + 5] === spanId1) return;
  }
  throw new Error('the exemplar of the last record is not there');
}
