/**
 * Reads what the Collector's file exporters write: one OTLP/JSON export request a line, of any of the three signals.
 * Every item comes with its resource and scope beside it, attributes as plain objects.
 */

export type Attributes = Record<string, unknown>;

export interface Scope {
  name: string;
  version: string;
  attributes: Attributes;
}

/** One span, metric or log record with what it belongs to. */
export interface Scoped<Item> {
  resource: Attributes;
  scope: Scope;
  item: Item;
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  /** Absent or empty: a root. */
  parentSpanId?: string;
  name: string;
  kind?: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  traceState?: string;
  attributes: Attributes;
  events: { name: string; timeUnixNano: string; attributes: Attributes }[];
  links: { traceId: string; spanId: string; attributes: Attributes }[];
  /** code 0 unset, 1 ok, 2 error */
  status: { code?: number; message?: string };
}

export interface OtlpPoint {
  attributes: Attributes;
  timeUnixNano: string;
  startTimeUnixNano?: string;
  /** Sums and gauges, of either number type. */
  value?: number;
  /** Histograms. */
  count?: number;
  sum?: number;
  min?: number;
  max?: number;
  bucketCounts?: number[];
  explicitBounds?: number[];
}

export interface OtlpMetric {
  name: string;
  description: string;
  unit: string;
  kind: 'sum' | 'gauge' | 'histogram' | 'exponentialHistogram' | 'summary';
  isMonotonic?: boolean;
  /** 1 delta, 2 cumulative */
  aggregationTemporality?: number;
  points: OtlpPoint[];
}

export interface OtlpLogRecord {
  timeUnixNano?: string;
  observedTimeUnixNano?: string;
  severityNumber?: number;
  severityText?: string;
  eventName?: string;
  body: unknown;
  traceId?: string;
  spanId?: string;
  attributes: Attributes;
}

export interface Telemetry {
  spans: Scoped<OtlpSpan>[];
  metrics: Scoped<OtlpMetric>[];
  logs: Scoped<OtlpLogRecord>[];
}

type Json = Record<string, unknown>;

const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

/** An AnyValue as a plain value; 64-bit integers, which OTLP/JSON writes as strings, become numbers. */
function plainValue(value: Json | undefined): unknown {
  if (value === undefined) return undefined;
  if ('intValue' in value) return Number(value.intValue);
  if ('arrayValue' in value) return list((value.arrayValue as Json).values).map(plainValue);
  if ('kvlistValue' in value) return attributesOf((value.kvlistValue as Json).values);
  return Object.values(value)[0];
}

function attributesOf(pairs: unknown): Attributes {
  return Object.fromEntries(list(pairs).map(({ key, value }) => [key as string, plainValue(value as Json)]));
}

const withAttributes = (item: Json) => ({ ...item, attributes: attributesOf(item.attributes) });

function span(item: Json): OtlpSpan {
  return {
    status: {},
    ...withAttributes(item),
    events: list(item.events).map(withAttributes),
    links: list(item.links).map(withAttributes),
  } as unknown as OtlpSpan;
}

function point(item: Json): OtlpPoint {
  const { asInt, asDouble, ...rest } = item;
  const value = asInt ?? asDouble;
  return {
    ...withAttributes(rest),
    ...(value !== undefined && { value: Number(value) }),
    ...(item.count !== undefined && { count: Number(item.count) }),
    ...(Array.isArray(item.bucketCounts) && { bucketCounts: item.bucketCounts.map(Number) }),
  } as unknown as OtlpPoint;
}

const kinds = ['sum', 'gauge', 'histogram', 'exponentialHistogram', 'summary'] as const;

function metric(item: Json): OtlpMetric {
  const kind = kinds.find((name) => name in item);
  if (kind === undefined) throw new Error(`a metric without data: ${JSON.stringify(item)}`);
  const { dataPoints, ...data } = item[kind] as Json;
  const { name, description = '', unit = '' } = item as Record<'name' | 'description' | 'unit', string>;
  return { name, description, unit, kind, ...data, points: list(dataPoints).map(point) };
}

function logRecord(item: Json): OtlpLogRecord {
  return { ...withAttributes(item), body: plainValue(item.body as Json | undefined) } as OtlpLogRecord;
}

function scoped<Item>(resources: unknown, scopes: string, items: string, read: (item: Json) => Item): Scoped<Item>[] {
  return list(resources).flatMap((group) => {
    const resource = attributesOf((group.resource as Json | undefined)?.attributes);
    return list(group[scopes]).flatMap((inner) => {
      const { name = '', version = '', attributes } = (inner.scope ?? {}) as Partial<Record<keyof Scope, unknown>>;
      const scope = { name: name as string, version: version as string, attributes: attributesOf(attributes) };
      return list(inner[items]).map((item) => ({ resource, scope, item: read(item) }));
    });
  });
}

/** Parses whole lines, of any signal. */
export function parseOtlpJsonLines(text: string): Telemetry {
  const telemetry: Telemetry = { spans: [], metrics: [], logs: [] };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const request = JSON.parse(line) as Json;
    telemetry.spans.push(...scoped(request.resourceSpans, 'scopeSpans', 'spans', span));
    telemetry.metrics.push(...scoped(request.resourceMetrics, 'scopeMetrics', 'metrics', metric));
    telemetry.logs.push(...scoped(request.resourceLogs, 'scopeLogs', 'logRecords', logRecord));
  }
  return telemetry;
}
