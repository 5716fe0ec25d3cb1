/**
 * Operations at a steady rate in a process of its own, as a service has them, half of them async: every few milliseconds those
 * that are due, whether or not the earlier ones are done with. Its settings are its argument, as JSON.
 */
import { once } from 'node:events';

const TICK_MILLIS = 5;

const settings = JSON.parse(process.argv[2]);
const { variant, perSecond, seconds, warmUpSeconds } = settings;
const { setUp } = await import(`./${variant}.mjs`);
const recording = await setUp(settings);

await runFor(warmUpSeconds);
await recording.flush();
process.send({ type: 'warm' });
await once(process, 'message');

const start = process.cpuUsage();
const startedAt = performance.now();
const operations = await runFor(seconds);
await recording.flush();
const { user, system } = process.cpuUsage(start);
const elapsedSeconds = (performance.now() - startedAt) / 1000;
process.send({ type: 'result', result: { operations, cpuSeconds: (user + system) / 1e6, elapsedSeconds } }, () =>
  process.exit(),
);

/** Runs `perSecond` operations a second for so long; resolves with their number when the last has ended. */
async function runFor(forSeconds) {
  const total = perSecond * forSeconds;
  const from = performance.now();
  let done = 0;
  const asynchronous = [];
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - from) / 1000) * perSecond));
      for (; done < due; done += 1) {
        if (done % 2 === 0) recording.sync(done);
        else asynchronous.push(recording.async(done));
      }
      if (done < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MILLIS);
  });
  await Promise.all(asynchronous);
  return done;
}
