/**
 * Reads OTLP's protobuf into the objects of OTLP/JSON, by the field numbers of opentelemetry-proto 1.9: what a server sees
 * of us, read by none of our own code. Unknown fields and wire types that are not those of the schema throw.
 */

type Json = Record<string, unknown>;

const SCALARS = {
  string: (wire: Wire) => wire.bytes().toString('utf8'),
  hex: (wire: Wire) => wire.bytes().toString('hex'),
  base64: (wire: Wire) => wire.bytes().toString('base64'),
  bool: (wire: Wire) => wire.varint() !== 0n,
  uint32: (wire: Wire) => Number(wire.varint()),
  int64: (wire: Wire) => String(BigInt.asIntN(64, wire.varint())),
  sint32: (wire: Wire) => {
    const zigzag = Number(wire.varint());
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  },
  fixed32: (wire: Wire) => wire.take(4).readUInt32LE(),
  fixed64: (wire: Wire) => String(wire.take(8).readBigUInt64LE()),
  sfixed64: (wire: Wire) => String(wire.take(8).readBigInt64LE()),
  double: (wire: Wire) => wire.take(8).readDoubleLE(),
  doubles: (wire: Wire) => wire.packed((inner) => inner.take(8).readDoubleLE()),
  fixed64s: (wire: Wire) => wire.packed((inner) => String(inner.take(8).readBigUInt64LE())),
  uint64s: (wire: Wire) => wire.packed((inner) => String(inner.varint())),
};

const WIRE_TYPES: Record<keyof typeof SCALARS, number> = {
  ...{ string: 2, hex: 2, base64: 2, doubles: 2, fixed64s: 2, uint64s: 2 },
  ...{ bool: 0, uint32: 0, int64: 0, sint32: 0 },
  ...{ fixed64: 1, sfixed64: 1, double: 1, fixed32: 5 },
};

type FieldType = keyof typeof SCALARS | Message | [Message];

/** Fields by number: name and type; a message in brackets is repeated. */
interface Message {
  readonly [field: number]: readonly [string, FieldType];
}

const anyValue: Record<number, readonly [string, FieldType]> = {
  1: ['stringValue', 'string'],
  2: ['boolValue', 'bool'],
  3: ['intValue', 'int64'],
  4: ['doubleValue', 'double'],
  7: ['bytesValue', 'base64'],
};
const keyValue: Message = { 1: ['key', 'string'], 2: ['value', anyValue] };
anyValue[5] = ['arrayValue', { 1: ['values', [anyValue]] }];
anyValue[6] = ['kvlistValue', { 1: ['values', [keyValue]] }];

const resource: Message = { 1: ['attributes', [keyValue]], 2: ['droppedAttributesCount', 'uint32'] };
const scope: Message = { 1: ['name', 'string'], 2: ['version', 'string'], 3: ['attributes', [keyValue]] };

const span: Message = {
  1: ['traceId', 'hex'],
  2: ['spanId', 'hex'],
  3: ['traceState', 'string'],
  4: ['parentSpanId', 'hex'],
  5: ['name', 'string'],
  6: ['kind', 'uint32'],
  7: ['startTimeUnixNano', 'fixed64'],
  8: ['endTimeUnixNano', 'fixed64'],
  9: ['attributes', [keyValue]],
  10: ['droppedAttributesCount', 'uint32'],
  11: [
    'events',
    [
      {
        1: ['timeUnixNano', 'fixed64'],
        2: ['name', 'string'],
        3: ['attributes', [keyValue]],
        4: ['droppedAttributesCount', 'uint32'],
      },
    ],
  ],
  12: ['droppedEventsCount', 'uint32'],
  13: [
    'links',
    [
      {
        1: ['traceId', 'hex'],
        2: ['spanId', 'hex'],
        3: ['traceState', 'string'],
        4: ['attributes', [keyValue]],
        5: ['droppedAttributesCount', 'uint32'],
        6: ['flags', 'fixed32'],
      },
    ],
  ],
  14: ['droppedLinksCount', 'uint32'],
  15: ['status', { 2: ['message', 'string'], 3: ['code', 'uint32'] }],
  16: ['flags', 'fixed32'],
};

const logRecord: Message = {
  1: ['timeUnixNano', 'fixed64'],
  2: ['severityNumber', 'uint32'],
  3: ['severityText', 'string'],
  5: ['body', anyValue],
  6: ['attributes', [keyValue]],
  7: ['droppedAttributesCount', 'uint32'],
  8: ['flags', 'fixed32'],
  9: ['traceId', 'hex'],
  10: ['spanId', 'hex'],
  11: ['observedTimeUnixNano', 'fixed64'],
  12: ['eventName', 'string'],
};

const exemplar: Message = {
  2: ['timeUnixNano', 'fixed64'],
  3: ['asDouble', 'double'],
  4: ['spanId', 'hex'],
  5: ['traceId', 'hex'],
  6: ['asInt', 'sfixed64'],
  7: ['filteredAttributes', [keyValue]],
};
const point: Message = {
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['asDouble', 'double'],
  5: ['exemplars', [exemplar]],
  6: ['asInt', 'sfixed64'],
  7: ['attributes', [keyValue]],
  8: ['flags', 'uint32'],
};
const histogramPoint: Message = {
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['bucketCounts', 'fixed64s'],
  7: ['explicitBounds', 'doubles'],
  8: ['exemplars', [exemplar]],
  9: ['attributes', [keyValue]],
  10: ['flags', 'uint32'],
  11: ['min', 'double'],
  12: ['max', 'double'],
};
const buckets: Message = { 1: ['offset', 'sint32'], 2: ['bucketCounts', 'uint64s'] };
const exponentialPoint: Message = {
  1: ['attributes', [keyValue]],
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['scale', 'sint32'],
  7: ['zeroCount', 'fixed64'],
  8: ['positive', buckets],
  9: ['negative', buckets],
  12: ['min', 'double'],
  13: ['max', 'double'],
};
const metric: Message = {
  1: ['name', 'string'],
  2: ['description', 'string'],
  3: ['unit', 'string'],
  5: ['gauge', { 1: ['dataPoints', [point]] }],
  7: ['sum', { 1: ['dataPoints', [point]], 2: ['aggregationTemporality', 'uint32'], 3: ['isMonotonic', 'bool'] }],
  9: ['histogram', { 1: ['dataPoints', [histogramPoint]], 2: ['aggregationTemporality', 'uint32'] }],
  10: ['exponentialHistogram', { 1: ['dataPoints', [exponentialPoint]], 2: ['aggregationTemporality', 'uint32'] }],
  12: ['metadata', [keyValue]],
};

const request = (resources: string, scopes: string, items: string, item: Message): Message => ({
  1: [
    resources,
    [
      {
        1: ['resource', resource],
        2: [scopes, [{ 1: ['scope', scope], 2: [items, [item]], 3: ['schemaUrl', 'string'] }]],
        3: ['schemaUrl', 'string'],
      },
    ],
  ],
});

const REQUESTS = {
  traces: request('resourceSpans', 'scopeSpans', 'spans', span),
  metrics: request('resourceMetrics', 'scopeMetrics', 'metrics', metric),
  logs: request('resourceLogs', 'scopeLogs', 'logRecords', logRecord),
};

/** An export request of a signal as the object that OTLP/JSON has for it. */
export function readOtlpProtobuf(signal: keyof typeof REQUESTS, body: Uint8Array): Json {
  return readMessage(new Wire(Buffer.from(body)), REQUESTS[signal]);
}

function readMessage(wire: Wire, message: Message): Json {
  const result: Json = {};
  while (!wire.isAtEnd) {
    const tag = Number(wire.varint());
    const [name, type] = message[tag >> 3] ?? unknownField(tag);
    const wireType = typeof type === 'string' ? WIRE_TYPES[type] : 2;
    if ((tag & 7) !== wireType) throw new Error(`${name} with wire type ${tag & 7}`);
    if (typeof type === 'string') result[name] = SCALARS[type](wire);
    else if (!Array.isArray(type)) result[name] = readMessage(new Wire(wire.bytes()), type as Message);
    else {
      result[name] ??= [];
      (result[name] as Json[]).push(readMessage(new Wire(wire.bytes()), type[0]));
    }
  }
  return result;
}

function unknownField(tag: number): never {
  throw new Error(`no field has the tag ${tag}`);
}

class Wire {
  #at = 0;

  constructor(private readonly content: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at === this.content.length;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.content.length) throw new Error('a field that is longer than its message');
    this.#at += length;
    return this.content.subarray(this.#at - length, this.#at);
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.take(1)[0]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a varint without an end');
  }

  bytes(): Buffer {
    return this.take(Number(this.varint()));
  }

  packed<T>(read: (inner: Wire) => T): T[] {
    const inner = new Wire(this.bytes());
    const values: T[] = [];
    while (!inner.isAtEnd) values.push(read(inner));
    return values;
  }
}
