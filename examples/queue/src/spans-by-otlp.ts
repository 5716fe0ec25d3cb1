import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** As much of a span as is printed (OTLP/JSON, `opentelemetry.proto.trace.v1.Span`). */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** 4: producer, 5: consumer. */
  readonly kind: number;
  readonly startMillis: number;
  readonly endMillis: number;
  readonly errorType: string | undefined;
  readonly attempt: number | undefined;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly service: string;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string | number };
}
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly Attribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}
interface OtlpTraces {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** In the place of a Collector, so that the example needs none: a server on loopback that takes OTLP/HTTP as JSON. */
export async function receiveSpans() {
  const spans: ReceivedSpan[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as OtlpTraces;
    spans.push(...(body.resourceSpans ?? []).flatMap(spansOf));
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function spansOf({ resource, scopeSpans }: NonNullable<OtlpTraces['resourceSpans']>[number]): ReceivedSpan[] {
  const service = String(attributeOf(resource.attributes, 'service.name'));
  return scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, service)));
}

function received(span: OtlpSpan, service: string): ReceivedSpan {
  const { traceId, spanId, parentSpanId, name, kind, attributes = [], links = [] } = span;
  const attempt = attributeOf(attributes, 'attempt');
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind,
    startMillis: Number(span.startTimeUnixNano) / 1e6,
    endMillis: Number(span.endTimeUnixNano) / 1e6,
    errorType: attributeOf(attributes, 'error.type')?.toString(),
    attempt: attempt === undefined ? undefined : Number(attempt),
    links,
    service,
  };
}

function attributeOf(attributes: readonly Attribute[], key: string): string | number | undefined {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
}
