import { metricStore } from '@otel-monitor/bound-metrics';
import { ATTR_ERROR_SEVERITY, ERROR_GROUP_COUNT, ERROR_SEVERITIES, type ErrorSeverity } from '@otel-monitor/semconv';
import type { ErrorGroup } from './error-group.js';

const SCOPE = { name: '@otel-monitor/errors' };

/** Shows how many groups are held, by severity: counted when metrics are collected, so that nothing can make it wrong. */
export function observeGroupCount(groups: { readonly all: Iterable<ErrorGroup> }): void {
  const instrument = metricStore.scope(SCOPE).value(ERROR_GROUP_COUNT);
  const shown = new Set<ErrorSeverity>();
  metricStore.beforeCollect(() => {
    const counts = countBySeverity(groups.all);
    for (const severity of ERROR_SEVERITIES) {
      // a severity that was never there is no series
      if (counts[severity] > 0) shown.add(severity);
      if (shown.has(severity)) instrument.bind({ [ATTR_ERROR_SEVERITY]: severity }).set(counts[severity]);
    }
  });
}

export function countBySeverity(groups: Iterable<ErrorGroup>): Record<ErrorSeverity, number> {
  const counts = { info: 0, warning: 0, error: 0, critical: 0 };
  for (const group of groups) counts[group.severity] += 1;
  return counts;
}
