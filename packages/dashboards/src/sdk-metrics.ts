import type { MetricDefinition } from '@otel-monitor/semconv';

/**
 * What the OpenTelemetry SDK in a program tells of itself (semantic conventions, "OpenTelemetry SDK Metrics"; names of
 * Development status). The program records them by the SDK, so they are no part of semconv.
 */
const defined = (
  name: string,
  kind: MetricDefinition['kind'],
  unit: string,
  description: string,
): MetricDefinition => ({ name, kind, unit, description, attributes: ['otel.component.name', 'otel.component.type'] });

/** The three signals, and what each is counted in. */
export const SDK_SIGNALS = ['span', 'log', 'metric_data_point'] as const;
export type SdkSignal = (typeof SDK_SIGNALS)[number];

/** What an exporter was done with; `error.type` where it failed. */
export const sdkExported = (signal: SdkSignal): MetricDefinition =>
  defined(`otel.sdk.exporter.${signal}.exported`, 'counter', `{${signal}}`, 'Items whose export is over.');

/** What a batch processor was done with; `error.type` where it was dropped. */
export const sdkProcessed = (signal: 'span' | 'log'): MetricDefinition =>
  defined(`otel.sdk.processor.${signal}.processed`, 'counter', `{${signal}}`, 'Items that were processed.');

export const sdkQueueSize = (signal: 'span' | 'log'): MetricDefinition =>
  defined(`otel.sdk.processor.${signal}.queue.size`, 'up_down_counter', `{${signal}}`, 'Items in the queue.');

export const sdkQueueCapacity = (signal: 'span' | 'log'): MetricDefinition =>
  defined(`otel.sdk.processor.${signal}.queue.capacity`, 'up_down_counter', `{${signal}}`, 'Items that it can hold.');
