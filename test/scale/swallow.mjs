/** A backend that takes everything and keeps nothing: it tells its parent, when asked, how many requests and bytes came. */
import { createServer } from 'node:http';

let counts = { requests: 0, bytes: 0 };
const server = createServer((incoming, response) => {
  incoming.on('data', (chunk) => {
    counts.bytes += chunk.length;
  });
  incoming.on('end', () => {
    counts.requests += 1;
    response.setHeader('content-type', 'application/x-protobuf').end();
  });
});
process.on('message', () => {
  process.send({ type: 'taken', ...counts });
  counts = { requests: 0, bytes: 0 };
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ type: 'listening', port: server.address().port }));
