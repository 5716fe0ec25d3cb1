import { type Attributes, type Context, type Link, ROOT_CONTEXT, type SpanKind } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { OperationSpan } from '@otel-monitor/runtime';
import { OwnSpanSource, type RecordedSpan, type SamplingRule, type SpanLimits } from '../src/index.js';

export const LIMITS: SpanLimits = {
  attributeCount: 4,
  attributeValueLength: 8,
  eventsPerSpan: 2,
  linksPerSpan: 1,
  attributesPerEvent: 2,
  attributesPerLink: 1,
};

export const resource = resourceFromAttributes({ 'service.name': 'spans' });

/** A span source in memory: starts spans, keeps those that ended, and tells its counts. */
export function inMemory(sampling: Partial<SamplingRule> = {}, limits: SpanLimits = LIMITS) {
  const ended: RecordedSpan[] = [];
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e9 });
  const source = new OwnSpanSource({
    resource,
    limits,
    sampling: { performanceSampleRate: 1, parentBased: true, ...sampling },
    meterProvider: new MeterProvider({ readers: [reader] }),
    export: (span) => ended.push(span),
  });
  const tracer = source.tracer({ name: 'spans', version: '1' });
  const noAttributes: Attributes = Object.freeze({});
  return {
    ended,
    source,
    startAs: (spanKind: SpanKind, links: readonly Link[]): OperationSpan =>
      tracer.start(
        { name: 'operation', attributes: noAttributes, isKept: true, spanKind },
        ROOT_CONTEXT,
        performance.now(),
        links,
      ),
    start: (parent: Context, name = 'operation', attributes = noAttributes): OperationSpan =>
      tracer.start({ name, attributes, isKept: true }, parent, performance.now()),
    /** Values of a metric by its attributes as JSON. */
    counts: async (metric: string): Promise<Record<string, number>> => {
      const { resourceMetrics } = await reader.collect();
      const found = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
      const points = found.find(({ descriptor }) => descriptor.name === metric)?.dataPoints ?? [];
      return Object.fromEntries(
        points.map(({ attributes, value }) => [Object.values(attributes).join(' '), value as number]),
      );
    },
  };
}
