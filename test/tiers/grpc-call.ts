import { connect } from 'node:http2';

export interface GrpcAnswer {
  /** 0 is OK, 8 RESOURCE_EXHAUSTED, 14 UNAVAILABLE. */
  readonly status: number;
  readonly message: string;
}

const PIECE = 2 ** 20;

/** Calls Export of OTLP/gRPC for traces with a message of protobuf. */
export async function exportTraces(endpoint: string, message: Buffer): Promise<GrpcAnswer> {
  const session = connect(`http://${endpoint}`);
  // a server that refuses in the middle may reset what is still being written
  session.on('error', () => {});
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.on('error', () => {});
    const answer = new Promise<GrpcAnswer>((resolve) => {
      const read = (headers: Record<string, unknown>) => {
        if (headers['grpc-status'] === undefined) return;
        resolve({
          status: Number(headers['grpc-status']),
          message: decodeURIComponent(String(headers['grpc-message'] ?? '')),
        });
      };
      stream.on('response', read).on('trailers', read);
    });
    stream.resume();
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.write(prefix);
    // in pieces: what was written at once hides the answer of a server that does not read it
    const writeFrom = (at: number) => {
      if (at >= message.length) stream.end();
      else stream.write(message.subarray(at, at + PIECE), (error) => error ?? writeFrom(at + PIECE));
    };
    writeFrom(0);
    return await answer;
  } finally {
    session.destroy();
  }
}
