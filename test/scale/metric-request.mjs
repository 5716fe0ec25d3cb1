import { attributes, fixed64, integer, message, resourceOf, text } from './protobuf-encode.mjs';

/** An export request of one process of a service with so many series of a counter, each with three attributes. */
export function metricRequest(service, series) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const points = Array.from({ length: series }, (_, index) =>
    message(
      1,
      fixed64(2, now - 60_000_000_000n),
      fixed64(3, now),
      fixed64(6, index + 1),
      attributes(7, {
        'http.route': `/api/orders/${index}`,
        'http.request.method': 'GET',
        'http.response.status_code': 200,
      }),
    ),
  );
  const sum = message(7, ...points, integer(2, 2), integer(3, 1));
  const metric = message(2, text(1, 'shop.requests'), text(3, '{request}'), sum);
  return message(1, resourceOf(service, `${service}-1`), message(2, message(1, text(1, 'shop')), metric));
}
