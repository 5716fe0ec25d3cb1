import type { MetricStore } from '@otel-monitor/bound-metrics';

/** One series with three attributes, its key and its handle; measured on Node 20. */
const SERIES_BYTES = 400;
/** What a histogram has on top, its buckets aside. */
const HISTOGRAM_BYTES = 270;
const BUCKET_BYTES = 8;

/** About how many bytes the series of a store hold. */
export function storeBytes(store: MetricStore): number {
  let bytes = 0;
  for (const { all } of store.scopes) {
    for (const { definition, all: series } of all) {
      const buckets = definition.kind === 'histogram' ? (definition.boundaries?.length ?? 0) + 1 : undefined;
      const each = SERIES_BYTES + (buckets === undefined ? 0 : HISTOGRAM_BYTES + buckets * BUCKET_BYTES);
      bytes += series.length * each;
    }
  }
  return bytes;
}
