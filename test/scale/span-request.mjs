import { randomFillSync, randomInt } from 'node:crypto';
import { attributes, bytesField, fixed64, integer, message, resourceOf, text } from './protobuf-encode.mjs';

const SPANS_A_TRACE = 5;
const MARK = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');

/**
 * An export request of a service with spans of HTTP requests, five a trace, of which each fortieth has an error. `renew` gives
 * it other ids and times in place, so that the same bytes are new traces.
 */
export function spanRequest(spans) {
  const encoded = Array.from({ length: spans }, (_, index) => span(index));
  const body = message(
    1,
    resourceOf('shop', 'shop-1'),
    message(2, message(1, text(1, '@otel-monitor/http')), ...encoded),
  );
  const starts = [];
  for (let at = body.indexOf(MARK); at >= 0; at = body.indexOf(MARK, at + 16)) starts.push(at);
  if (starts.length !== spans) throw new Error(`${starts.length} spans of ${spans} were found in the request`);
  return { body, spans, renew: () => renew(body, starts) };
}

/** From a trace's id to the start of its span: the fields between have these lengths. */
const TIME_AFTER_TRACE_ID = 16 + 2 + 8 + 2 + 8 + 2 + 'GET /api/orders/{id}'.length + 2;

function span(index) {
  const isError = index % (SPANS_A_TRACE * 40) === 3;
  return message(
    2,
    bytesField(1, MARK),
    bytesField(2, Buffer.alloc(8)),
    bytesField(4, Buffer.alloc(8)),
    text(5, 'GET /api/orders/{id}'),
    integer(6, 2),
    fixed64(7, 0),
    fixed64(8, 0),
    // what differs from span to span is what compression cannot take away
    attributes(9, {
      'http.request.method': 'GET',
      'http.route': '/api/orders/{id}',
      'url.path': `/api/orders/${randomInt(100_000, 999_999)}`,
      'url.scheme': 'http',
      'server.address': 'shop.internal',
      'server.port': 8080,
      'client.address': `10.0.${randomInt(256)}.${randomInt(256)}`,
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
      'http.response.status_code': isError ? 500 : 200,
    }),
    ...(isError ? [message(15, integer(3, 2))] : []),
  );
}

function renew(body, starts) {
  const start = BigInt(Date.now()) * 1_000_000n;
  const ids = Buffer.alloc(16);
  starts.forEach((at, index) => {
    if (index % SPANS_A_TRACE === 0) randomFillSync(ids);
    ids.copy(body, at);
    randomFillSync(body, at + 18, 8);
    body.writeBigUInt64LE(start, at + TIME_AFTER_TRACE_ID + 1);
    body.writeBigUInt64LE(start + 20_000_000n, at + TIME_AFTER_TRACE_ID + 10);
  });
}
