/** A server whose listener throws, which nobody catches: the process ends. */
import { createServer, get } from 'node:http';

const server = createServer(() => {
  throw new RangeError('thrown in a listener');
}).listen(0, '127.0.0.1', () => get({ port: server.address().port, host: '127.0.0.1' }).on('error', () => {}));
