import type { DataPoint } from '@opentelemetry/sdk-metrics';
import { ATTR_METRIC_OVERFLOW } from '@otel-monitor/semconv';
import { OTHER } from './snapshot.js';

type Attributes = DataPoint<unknown>['attributes'];

/** An attribute as the name of a row; that of the overflow series is `_OTHER`; undefined where it is not set. */
export function attributeName(attributes: Attributes, key: string): string | undefined {
  const value = attributes[key];
  if (value !== undefined && value !== '') return String(value);
  return attributes[ATTR_METRIC_OVERFLOW] === true ? OTHER : undefined;
}
