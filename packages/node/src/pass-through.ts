import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { PropagatorName } from '@otel-monitor/config';
import { createPropagator } from './propagator.js';

/**
 * What is left of monitoring that is switched off: context is kept and the caller's traceparent is handed on, so that the
 * services before and after this one stay in one trace. Records nothing. What somebody else registered stays.
 */
export function passContextThrough(propagators: readonly PropagatorName[]): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(createPropagator(propagators));
}
