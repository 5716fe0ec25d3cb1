import type { MetricData, ResourceMetrics, ViewOptions } from '@opentelemetry/sdk-metrics';
import { redactAttributes, redactName } from '@otel-monitor/runtime';

/**
 * The view of every instrument that others make: the attributes of what they record are redacted before they are a series,
 * so that two secrets are one series, added up by the SDK, and none of them is held. Keys and values that were found
 * clean are known again; what a redaction changes is looked at each time.
 */
export const REDACTED_SERIES: ViewOptions = {
  instrumentName: '*',
  attributesProcessors: [{ process: (attributes) => redactAttributes(attributes) }],
};

type Descriptor = MetricData['descriptor'];

/** By the descriptor: an instrument has one for its life. */
const cleaned = new WeakMap<Descriptor, Descriptor>();

/** What a reader collected, with names and descriptions as they may leave. The same object when all of them may. */
export function withCleanDescriptors(collected: ResourceMetrics): ResourceMetrics {
  let isChanged = false;
  const scopeMetrics = collected.scopeMetrics.map((scope) => ({
    ...scope,
    metrics: scope.metrics.map((metric) => {
      const descriptor = cleanDescriptor(metric.descriptor);
      if (descriptor === metric.descriptor) return metric;
      isChanged = true;
      return { ...metric, descriptor } as MetricData;
    }),
  }));
  return isChanged ? { ...collected, scopeMetrics } : collected;
}

function cleanDescriptor(descriptor: Descriptor): Descriptor {
  let clean = cleaned.get(descriptor);
  if (clean === undefined) {
    const name = redactName(descriptor.name);
    const description = redactName(descriptor.description);
    const unit = redactName(descriptor.unit);
    const isClean = name === descriptor.name && description === descriptor.description && unit === descriptor.unit;
    clean = isClean ? descriptor : { ...descriptor, name, description, unit };
    cleaned.set(descriptor, clean);
  }
  return clean;
}
