import { type Context, trace } from '@opentelemetry/api';
import { setCleanAttribute } from '@otel-monitor/runtime';
import { ATTR_ERROR_GROUP_ID, ATTR_ERROR_ID } from '@otel-monitor/semconv';

/** Puts the ids of an error that is not written on its span, so that the trace can be found by them. */
export function markSpan(at: Context, id: string, groupId: string): void {
  const span = trace.getSpan(at);
  if (span?.isRecording() !== true) return;
  setCleanAttribute(span, ATTR_ERROR_ID, id);
  setCleanAttribute(span, ATTR_ERROR_GROUP_ID, groupId);
}
