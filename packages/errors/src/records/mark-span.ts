import type { Span } from '@opentelemetry/api';
import { setCleanAttribute } from '@otel-monitor/runtime';
import { ATTR_ERROR_GROUP_ID, ATTR_ERROR_ID } from '@otel-monitor/semconv';

/** Puts the ids of an error on its span, so that the trace can be found by them; nothing where none is recording. */
export function markSpan(span: Span | undefined, id: string, groupId: string): void {
  if (span?.isRecording() !== true) return;
  setCleanAttribute(span, ATTR_ERROR_ID, id);
  setCleanAttribute(span, ATTR_ERROR_GROUP_ID, groupId);
}
