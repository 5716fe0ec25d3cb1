import { KeptConnections } from './kept-connections.mjs';

const TICK_MILLIS = 1;
/** How long the last answers are waited for. */
const LAST_ANSWER_MILLIS = 10_000;

/**
 * Asks a service on loopback at a steady rate: requests fall due by the clock, whether or not the earlier ones are answered.
 *
 * @param {{ port: number, path?: string, perSecond: number, seconds: number }} settings
 * @returns {Promise<{ asked: number, failed: number, millis: number[] }>} `failed`: no answer, or one that is not 200; `millis`:
 *   from when each request fell due until its answer was there, in the order of the answers
 */
export async function steadyRequests({ port, path = '/', perSecond, seconds }) {
  const total = perSecond * seconds;
  /** @type {number[]} */
  const millis = [];
  let asked = 0;
  let settle = () => {};
  const settled = new Promise((resolve) => {
    settle = () => resolve(undefined);
  });
  const connections = new KeptConnections(port, {
    // as many as are under way when the service stands still for 100 ms
    count: perSecond / 10,
    path,
    answered: (took) => {
      millis.push(took);
      if (millis.length === total) settle();
    },
  });
  await connections.opened;
  const from = performance.now();
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - from) / 1000) * perSecond));
    for (; asked < due; asked += 1) connections.ask();
    if (asked < total) return;
    clearInterval(timer);
    setTimeout(settle, LAST_ANSWER_MILLIS).unref();
  }, TICK_MILLIS);
  await settled;
  connections.close();
  return { asked, failed: connections.failed + (total - millis.length), millis };
}
