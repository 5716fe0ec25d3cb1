import { isSpanContextValid, type Link, type SpanContext, trace } from '@opentelemetry/api';
import { cleanDetails, report, runtimeState } from '@otel-monitor/runtime';
import type { RemoteParent } from './operation-options.js';
import { isContext, remoteSpanContext } from './parent-context.js';

/** As many as a span holds by default (specification, Trace SDK, "Span Limits"). */
const MAX_LINKS = 128;
/** Most that are looked at to find as many valid ones: a batch may begin with messages of somebody who traces nothing. */
const MAX_READ = 1024;

/** The links of a span: those that are valid, at most 128. What finds no room is counted. Total on any input. */
export function cleanLinks(given: unknown): Link[] {
  const links: Link[] = [];
  try {
    if (!Array.isArray(given)) return links;
    const { length } = given;
    let read = 0;
    for (; read < length && read < MAX_READ && links.length < MAX_LINKS; read += 1) {
      const link = cleanLink(given[read]);
      if (link !== undefined) links.push(link);
    }
    if (read < length) {
      runtimeState.droppedAttributes += length - read;
      report('operation-links', `an operation was given ${length} links; ${links.length} are kept`);
    }
  } catch {
    // a proxy that cannot be read: what was read until then is kept
  }
  return links;
}

function cleanLink(given: unknown): Link | undefined {
  try {
    if (typeof given !== 'object' || given === null || isContext(given)) return withAttributes(given, undefined);
    const { context, attributes } = given as { context?: unknown; attributes?: unknown };
    return context === undefined ? withAttributes(given, undefined) : withAttributes(context, attributes);
  } catch {
    return undefined;
  }
}

function withAttributes(named: unknown, attributes: unknown): Link | undefined {
  const context = spanContextOf(named);
  if (context === undefined) return undefined;
  return attributes === undefined ? { context } : { context, attributes: cleanDetails(attributes) };
}

function spanContextOf(named: unknown): SpanContext | undefined {
  if (typeof named === 'string') return remoteSpanContext(named);
  if (typeof named !== 'object' || named === null) return undefined;
  if (!isContext(named)) return remoteSpanContext(named as RemoteParent);
  const found = trace.getSpanContext(named);
  return found !== undefined && isSpanContextValid(found) ? found : undefined;
}
