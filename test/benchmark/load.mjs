/**
 * Asks a service for so many answers as fast as it gives them, over kept connections and from outside of it. The client does as
 * little as it can: it shares the machine with the service.
 */
import { connect } from 'node:net';

const { port, requests } = JSON.parse(process.argv[2]);
const CONNECTIONS = 20;
const REQUEST = Buffer.from('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
/** How an answer begins and ends: one is under way at a time on each connection. */
const STATUS = 'HTTP/1.1 200 OK\r\n';
const BODY = '{"ok":true}';

const start = performance.now();
let asked = 0;
let answered = 0;

for (let i = 0; i < CONNECTIONS; i += 1) {
  const socket = connect(port, '127.0.0.1', () => ask(socket)).setNoDelay();
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    if (!answer.endsWith(BODY)) return;
    if (!answer.startsWith(STATUS)) throw new Error(`an answer of another kind: ${answer.slice(0, 100)}`);
    answer = '';
    answered += 1;
    if (answered === requests) finish();
    else ask(socket);
  });
  socket.on('close', () => {
    throw new Error('the service closed a connection');
  });
}

function ask(socket) {
  if (asked === requests) return;
  asked += 1;
  socket.write(REQUEST);
}

function finish() {
  const seconds = (performance.now() - start) / 1000;
  process.send({ type: 'result', result: { answered, seconds } }, () => process.exit());
}
