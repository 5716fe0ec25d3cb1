/** What an answer says of the part that the server refused (OTLP, "Partial Success"); the same for spans and log records. */
export interface ExportResponse {
  readonly partialSuccess?: { readonly rejected: number; readonly errorMessage: string };
}

/** Wire types (Protocol Buffers, "Message Structure"). */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

const NOTHING_REFUSED: ExportResponse = {};

/** Reads an answer in JSON. Total: an answer that cannot be read refuses nothing. */
export function readJsonResponse(body: Uint8Array): ExportResponse {
  try {
    const { partialSuccess } = JSON.parse(new TextDecoder().decode(body));
    return refusing(
      Number(partialSuccess?.rejectedSpans ?? partialSuccess?.rejectedLogRecords ?? 0),
      String(partialSuccess?.errorMessage ?? ''),
    );
  } catch {
    return NOTHING_REFUSED;
  }
}

/** The same in protobuf: ExportTraceServiceResponse and ExportLogsServiceResponse have the same numbers. */
export function readProtoResponse(body: Uint8Array): ExportResponse {
  try {
    let rejected = 0;
    let errorMessage = '';
    for (const partialSuccess of fields(body)) {
      if (partialSuccess.field !== 1 || typeof partialSuccess.value === 'number') continue;
      for (const { field, value } of fields(partialSuccess.value)) {
        if (field === 1 && typeof value === 'number') rejected = value;
        if (field === 2 && typeof value !== 'number') errorMessage = new TextDecoder().decode(value);
      }
    }
    return refusing(rejected, errorMessage);
  } catch {
    return NOTHING_REFUSED;
  }
}

function refusing(rejected: number, errorMessage: string): ExportResponse {
  return rejected > 0 ? { partialSuccess: { rejected, errorMessage } } : NOTHING_REFUSED;
}

/** The fields of a message: numbers and what has a length. Throws where it is torn. */
function* fields(message: Uint8Array): Iterable<{ field: number; value: number | Uint8Array }> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError('a varint without an end');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === VARINT) {
      yield { field, value: varint() };
    } else if (wireType === LENGTH) {
      const length = varint();
      if (at + length > message.length) throw new RangeError('a field that is longer than its message');
      yield { field, value: message.subarray(at, at + length) };
      at += length;
    } else if (wireType === FIXED64 || wireType === FIXED32) {
      at += wireType === FIXED64 ? 8 : 4;
    } else {
      throw new RangeError('no wire type');
    }
  }
}
