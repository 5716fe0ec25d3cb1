/**
 * The load on HTTP services, in a process of its own. Its parent asks over IPC for a `block` (so many requests as fast as they
 * are answered) or for a `steady` rate, whose requests fall due by the clock, whether or not the earlier ones are answered.
 */
import { KeptConnections } from './kept-connections.mjs';

const BLOCK_CONNECTIONS = 20;
/** As many as are under way when the service stands still for 100 ms at 1,000 a second. */
const STEADY_CONNECTIONS = 100;
const TICK_MILLIS = 1;

let answered = () => {};
const opened = new Map();

function connectionsTo(port, path, count) {
  const key = `${port} ${path} ${count}`;
  if (!opened.has(key)) {
    opened.set(key, new KeptConnections(port, { count, path, answered: (millis) => answered(millis) }));
  }
  return opened.get(key);
}

function failIfAny(connections) {
  if (connections.failed > 0) throw new Error(`${connections.failed} requests failed`);
}

function block({ port, path, requests }) {
  const connections = connectionsTo(port, path, BLOCK_CONNECTIONS);
  return new Promise((resolve) => {
    let left = requests;
    answered = () => {
      left -= 1;
      if (left > 0) return;
      failIfAny(connections);
      resolve();
    };
    for (let i = 0; i < requests; i += 1) connections.ask();
  });
}

/** The time that each answer took, in milliseconds, of those that fell due after the warm-up. */
function steady({ port, path, perSecond, warmUpSeconds, seconds }) {
  const connections = connectionsTo(port, path, STEADY_CONNECTIONS);
  const total = perSecond * (warmUpSeconds + seconds);
  const millis = [];
  return new Promise((resolve) => {
    let settled = 0;
    answered = (took) => {
      settled += 1;
      millis.push(took);
      if (settled < total) return;
      failIfAny(connections);
      resolve(millis.slice(perSecond * warmUpSeconds));
    };
    const from = performance.now();
    let asked = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - from) / 1000) * perSecond));
      for (; asked < due; asked += 1) connections.ask();
      if (asked === total) clearInterval(timer);
    }, TICK_MILLIS);
  });
}

process.on('message', async ({ type, ...load }) => {
  if (type === 'block') process.send({ type: 'done', result: await block(load) });
  if (type === 'steady') process.send({ type: 'done', result: await steady(load) });
});
process.on('disconnect', () => process.exit());
process.send({ type: 'listening' });
