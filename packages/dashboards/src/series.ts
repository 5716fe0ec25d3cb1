import { prometheusLabelName, prometheusName } from '@otel-monitor/prometheus';
import { CUSTOM_METRIC_PREFIX, type MetricDefinition } from '@otel-monitor/semconv';

/**
 * The name of a metric's series in Prometheus, by direct scrape or through the Collector: `monitor_errors_total`. A
 * histogram's has `_bucket`, `_sum` and `_count` behind it.
 */
export const seriesName = (metric: MetricDefinition): string => prometheusName(metric);

/** `http_server_request_duration_seconds_bucket` */
export const bucketName = (histogram: MetricDefinition): string => `${seriesName(histogram)}_bucket`;

/** `http_server_request_duration_seconds_count` */
export const countName = (histogram: MetricDefinition): string => `${seriesName(histogram)}_count`;

/** `http_server_request_duration_seconds_sum` */
export const sumName = (histogram: MetricDefinition): string => `${seriesName(histogram)}_sum`;

/** The name of an attribute's label in Prometheus: `monitor_operation_name`. */
export const labelName = (attribute: string): string => prometheusLabelName(attribute);

/** The name of the series of a key of `addCollector`: `monitor_custom_queue_depth`. */
export const customSeriesName = (key: string): string =>
  prometheusName({ name: `${CUSTOM_METRIC_PREFIX}${key}`, kind: 'gauge', unit: '' });

/** What the names of all of them begin with: `monitor_custom_`. */
export const CUSTOM_SERIES_PREFIX = customSeriesName('x').slice(0, -1);
