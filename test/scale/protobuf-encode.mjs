/** The few forms of protobuf that OTLP requests are made of, as bytes. */

function varint(value) {
  const bytes = [];
  let rest = BigInt(value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

export const bytesField = (number, bytes) => Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
export const message = (number, ...fields) => bytesField(number, Buffer.concat(fields));
export const text = (number, value) => bytesField(number, Buffer.from(value));
export const integer = (number, value) => Buffer.concat([varint(number << 3), varint(value)]);

export function fixed64(number, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return Buffer.concat([varint((number << 3) | 1), bytes]);
}

/** Attributes of strings and whole numbers, as the repeated field `number` of a message. */
export const attributes = (number, values) =>
  Buffer.concat(
    Object.entries(values).map(([key, value]) =>
      message(number, text(1, key), message(2, typeof value === 'number' ? integer(3, value) : text(1, value))),
    ),
  );

/** The resource of one process, as field 1 of ResourceSpans or ResourceMetrics. */
export const resourceOf = (service, instance) =>
  message(
    1,
    attributes(1, {
      'service.name': service,
      'service.version': '1.4.0',
      'service.instance.id': instance,
      'deployment.environment.name': 'production',
      'host.name': 'machine-17',
      'os.type': 'linux',
      'process.pid': 4711,
      'process.runtime.name': 'nodejs',
      'process.runtime.version': '20.20.2',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.version': '2.12.0',
    }),
  );
