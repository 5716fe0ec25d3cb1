import type { MeterProvider } from '@opentelemetry/api';
import type { BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, ItemEncoder, type ItemOrigin } from './otlp/encoded-item.js';
import { readJsonResponse, readProtoResponse } from './otlp/export-response.js';
import { ItemWriter } from './otlp/item-writer.js';
import { type JsonEnvelope, jsonItem, jsonRequest } from './otlp/json-request.js';
import { protoRequest } from './otlp/proto-request.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { QueuedSignal } from './queued-signal.js';

/** What is different between spans and log records on their way out. */
export interface ItemKind<Item extends ItemOrigin> {
  readonly kind: 'span' | 'log';
  readonly signal: 'traces' | 'logs';
  /** `otel.component.type` of the exporter's self-metrics. */
  readonly componentType: string;
  readonly envelope: JsonEnvelope;
  /** The item as it may leave; the same one when nothing is to be redacted. */
  readonly redact: (item: Item) => Item;
  readonly json: (item: Item) => string;
  readonly proto: (writer: ItemWriter, item: Item) => void;
}

/** The queue to an endpoint: each item is redacted and written as it ends, in the endpoint's protocol. */
export function itemQueue<Item extends ItemOrigin>(
  { kind, signal, componentType, envelope, redact, json, proto }: ItemKind<Item>,
  endpoint: OtlpEndpoint,
  limits: BatchQueueLimits,
  meterProvider: MeterProvider,
): QueuedSignal<Item> {
  const isProto = endpoint.protocol === 'http/protobuf';
  const serializer = isProto
    ? { serializeRequest: protoRequest(), deserializeResponse: readProtoResponse }
    : { serializeRequest: jsonRequest(envelope), deserializeResponse: readJsonResponse };
  const write = isProto ? proto : jsonItem(json);
  const encoder = new ItemEncoder<Item>(new ItemWriter(), (writer, item) => write(writer, redact(item)));
  // the name that the official exporters' self-metrics have
  const metricsHelper = { name: kind, countItems: (items: EncodedItem[]) => items.length };
  const otlpSignal = { name: signal, componentType, serializer, metricsHelper };
  return new QueuedSignal({ kind, encoder, signal: otlpSignal }, endpoint, limits, meterProvider);
}
