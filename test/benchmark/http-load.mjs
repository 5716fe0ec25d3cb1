/**
 * The load on HTTP services, in a process of its own. Its parent asks over IPC for a `block` (so many requests as fast as they
 * are answered) or for a `steady` rate.
 */
import { KeptConnections } from './kept-connections.mjs';
import { steadyRequests } from './steady-requests.mjs';

const CONNECTIONS = 20;

let answered = () => {};
const opened = new Map();

function connectionsTo(port, path) {
  if (!opened.has(port)) {
    opened.set(port, new KeptConnections(port, { count: CONNECTIONS, path, answered: () => answered() }));
  }
  return opened.get(port);
}

function block({ port, path, requests }) {
  const connections = connectionsTo(port, path);
  return new Promise((resolve, reject) => {
    let left = requests;
    answered = () => {
      left -= 1;
      if (left > 0) return;
      if (connections.failed > 0) reject(new Error(`${connections.failed} requests failed`));
      else resolve();
    };
    for (let i = 0; i < requests; i += 1) connections.ask();
    stayAwake(() => left > 0);
  });
}

/**
 * A client that sleeps between answers has to be woken by whoever answers, and the slower a service is the oftener: its CPU time
 * would hold what no service on another machine pays.
 */
function stayAwake(isNeeded) {
  if (isNeeded()) setImmediate(stayAwake, isNeeded);
}

process.on('message', async ({ type, ...load }) => {
  const result = await (type === 'block' ? block(load) : steadyRequests(load));
  process.send({ type: 'done', result });
});
process.on('disconnect', () => process.exit());
