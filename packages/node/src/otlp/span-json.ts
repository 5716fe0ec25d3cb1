import type { Link } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { attributesJson, nanosJson, optionalJson } from './json-values.js';
import { spanFlags } from './span-flags.js';
import { traceStateText } from './trace-state-text.js';

/** One span as OTLP/JSON. */
export function spanJson(span: ReadableSpan): string {
  const context = span.spanContext();
  const { status, parentSpanContext: parent } = span;
  return (
    `{"traceId":"${context.traceId}","spanId":"${context.spanId}"` +
    optionalJson('parentSpanId', parent?.spanId || undefined) +
    optionalJson('traceState', traceStateText(context.traceState)) +
    `,"name":${JSON.stringify(span.name)},"kind":${span.kind + 1}` +
    `,"startTimeUnixNano":${nanosJson(span.startTime)},"endTimeUnixNano":${nanosJson(span.endTime)}` +
    `,"attributes":${attributesJson(span.attributes)},"droppedAttributesCount":${span.droppedAttributesCount}` +
    `,"events":[${span.events.map(eventJson).join(',')}],"droppedEventsCount":${span.droppedEventsCount}` +
    `,"status":{"code":${status.code}${optionalJson('message', status.message)}}` +
    `,"links":[${span.links.map(linkJson).join(',')}],"droppedLinksCount":${span.droppedLinksCount}` +
    `,"flags":${spanFlags(context.traceFlags, parent)}}`
  );
}

function eventJson({ name, time, attributes, droppedAttributesCount }: TimedEvent): string {
  return (
    `{"attributes":${attributesJson(attributes ?? {})},"name":${JSON.stringify(name)}` +
    `,"timeUnixNano":${nanosJson(time)},"droppedAttributesCount":${droppedAttributesCount ?? 0}}`
  );
}

function linkJson({ context, attributes, droppedAttributesCount }: Link): string {
  return (
    `{"attributes":${attributesJson(attributes ?? {})},"spanId":"${context.spanId}","traceId":"${context.traceId}"` +
    optionalJson('traceState', traceStateText(context.traceState)) +
    `,"droppedAttributesCount":${droppedAttributesCount ?? 0},"flags":${spanFlags(context.traceFlags, context)}}`
  );
}
