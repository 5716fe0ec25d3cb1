import type { Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { RecordedSpan } from '@otel-monitor/spans';
import { type ItemWriter, writtenApart } from './item-writer.js';
import {
  fixed32Tag,
  fixed64Tag,
  lengthTag,
  varintTag,
  writeAttributes,
  writeCount,
  writeHexId,
  writeNanos,
} from './proto-values.js';
import { spanFlags } from './span-flags.js';
import { traceStateText } from './trace-state-text.js';

// opentelemetry.proto.trace.v1: ScopeSpans, Span, Span.Event, Span.Link, Status
const SPANS = lengthTag(2);
const TRACE_ID = lengthTag(1);
const SPAN_ID = lengthTag(2);
const TRACE_STATE = lengthTag(3);
const PARENT_SPAN_ID = lengthTag(4);
const NAME = lengthTag(5);
const KIND = varintTag(6);
const START_TIME = fixed64Tag(7);
const END_TIME = fixed64Tag(8);
const ATTRIBUTES = lengthTag(9);
const DROPPED_ATTRIBUTES = varintTag(10);
const EVENTS = lengthTag(11);
const DROPPED_EVENTS = varintTag(12);
const LINKS = lengthTag(13);
const DROPPED_LINKS = varintTag(14);
const STATUS = lengthTag(15);
/** Field 16 of type fixed32: the first whose tag is two bytes. */
const FLAGS_LOW = 0x80 | (fixed32Tag(16) & 0x7f);
const FLAGS_HIGH = fixed32Tag(16) >>> 7;
const EVENT_TIME = fixed64Tag(1);
const EVENT_NAME = lengthTag(2);
const EVENT_ATTRIBUTES = lengthTag(3);
const EVENT_DROPPED_ATTRIBUTES = varintTag(4);
const LINK_ATTRIBUTES = lengthTag(4);
const LINK_DROPPED_ATTRIBUTES = varintTag(5);
const LINK_FLAGS = fixed32Tag(6);
const STATUS_MESSAGE = lengthTag(2);
const STATUS_CODE = varintTag(3);

/** Bytes of both ids of a span, its parent's, their tags and lengths. */
const IDS_BYTES = 18 + 10 + 10;

/** One span as a field `spans` of ScopeSpans. */
export function writeSpan(writer: ItemWriter, span: ReadableSpan): void {
  const mark = writer.begin(SPANS);
  if (span instanceof RecordedSpan) writeOwn(writer, span);
  else writeReadable(writer, span);
  writer.string(NAME, span.name);
  writer.room(2);
  writer.byte(KIND);
  writer.byte(span.kind + 1);
  writeNanos(writer, START_TIME, span.startTime);
  writeNanos(writer, END_TIME, span.endTime);
  writeCount(writer, DROPPED_ATTRIBUTES, span.droppedAttributesCount);
  for (const event of span.events) writeEvent(writer, event);
  writeCount(writer, DROPPED_EVENTS, span.droppedEventsCount);
  for (const link of span.links) writeLink(writer, link);
  writeCount(writer, DROPPED_LINKS, span.droppedLinksCount);
  writeStatus(writer, span.status);
  writer.end(mark);
}

/** What is cheaper to read of a span of ours: its ids are words, its first attributes were written before. */
function writeOwn(writer: ItemWriter, span: RecordedSpan): void {
  const { parent, startAttributes, sharedAttributes, ownAttributes, traceState } = span;
  writer.room(IDS_BYTES);
  writer.byte(TRACE_ID);
  writer.byte(16);
  writer.word(span.traceId0);
  writer.word(span.traceId1);
  writer.word(span.traceId2);
  writer.word(span.traceId3);
  writer.byte(SPAN_ID);
  writer.byte(8);
  writer.word(span.spanId0);
  writer.word(span.spanId1);
  if (parent !== undefined) {
    writer.byte(PARENT_SPAN_ID);
    writer.byte(8);
    writer.word(parent.spanId0);
    writer.word(parent.spanId1);
  }
  if (traceState !== undefined) writer.string(TRACE_STATE, traceStateText(traceState));
  if (startAttributes.isShared) writeShared(writer, startAttributes);
  else writeAttributes(writer, ATTRIBUTES, startAttributes.attributes);
  if (sharedAttributes !== undefined) writeShared(writer, sharedAttributes);
  if (ownAttributes !== undefined) writeAttributes(writer, ATTRIBUTES, ownAttributes);
  writeFlags(writer, spanFlags(span.traceFlags, parent));
}

function writeShared(writer: ItemWriter, shared: RecordedSpan['startAttributes']): void {
  shared.encoded ??= encodedAttributes(shared.attributes);
  writer.raw(shared.encoded);
}

function writeReadable(writer: ItemWriter, span: ReadableSpan): void {
  const context = span.spanContext();
  const { parentSpanContext: parent } = span;
  writeContext(writer, context);
  if (parent?.spanId) writeHexId(writer, PARENT_SPAN_ID, parent.spanId);
  writeAttributes(writer, ATTRIBUTES, span.attributes);
  writeFlags(writer, spanFlags(context.traceFlags, parent));
}

function writeFlags(writer: ItemWriter, flags: number): void {
  writer.room(6);
  writer.byte(FLAGS_LOW);
  writer.byte(FLAGS_HIGH);
  writer.fixed32(flags);
}

function writeEvent(writer: ItemWriter, { name, time, attributes, droppedAttributesCount }: TimedEvent): void {
  const mark = writer.begin(EVENTS);
  writeNanos(writer, EVENT_TIME, time);
  writer.string(EVENT_NAME, name);
  if (attributes !== undefined) writeAttributes(writer, EVENT_ATTRIBUTES, attributes);
  writeCount(writer, EVENT_DROPPED_ATTRIBUTES, droppedAttributesCount ?? 0);
  writer.end(mark);
}

function writeLink(writer: ItemWriter, { context, attributes, droppedAttributesCount }: Link): void {
  const mark = writer.begin(LINKS);
  writeContext(writer, context);
  if (attributes !== undefined) writeAttributes(writer, LINK_ATTRIBUTES, attributes);
  writeCount(writer, LINK_DROPPED_ATTRIBUTES, droppedAttributesCount ?? 0);
  writer.room(5);
  writer.byte(LINK_FLAGS);
  writer.fixed32(spanFlags(context.traceFlags, context));
  writer.end(mark);
}

/** A span and a link have these fields by the same numbers. */
function writeContext(writer: ItemWriter, { traceId, spanId, traceState }: SpanContext): void {
  writeHexId(writer, TRACE_ID, traceId);
  writeHexId(writer, SPAN_ID, spanId);
  if (traceState !== undefined) writer.string(TRACE_STATE, traceStateText(traceState));
}

function writeStatus(writer: ItemWriter, { code, message }: SpanStatus): void {
  if (code === 0 && !message) return;
  const mark = writer.begin(STATUS);
  if (message) writer.string(STATUS_MESSAGE, message);
  writeCount(writer, STATUS_CODE, code);
  writer.end(mark);
}

function encodedAttributes(attributes: object): Uint8Array {
  return writtenApart((writer, value) => writeAttributes(writer, ATTRIBUTES, value), attributes);
}
