/** Threads of all sorts, under `--import`: prints the page while they are there and after them, and ends by itself. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, parentPort, threadId, Worker, workerData } from 'node:worker_threads';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitor = createMonitor({ name: 'program' });
const work = (times) => {
  for (let time = 0; time < times; time += 1) monitor.operation('work', () => {});
};
const begin = (data) => new Worker(new URL(import.meta.url), { workerData: data });

if (isMainThread) {
  const { url, status } = await startMonitoring();
  const say = (word, value) => process.stdout.write(`${word} ${JSON.stringify(value)}\n`);
  const page = async (word) => say(word, await (await fetch(`${url}/metrics`)).text());
  monitor.addCollector('who', () => ({ thread: threadId }));
  work(1);
  const kept = [begin({ times: 10 }), begin({ times: 100 }), begin({ times: 1000, nested: 10_000 })];
  const heard = [];
  for (const thread of kept) thread.on('message', (message) => heard.push(message));
  while (heard.length < 3) await delay(10);
  while (status().workers?.present !== 4) await delay(10);
  await page('during');
  say('health', await (await fetch(`${url}/health`)).json());
  // one that has ended before anybody could ask it
  await once(begin({ times: 100_000, isShort: true }), 'exit');
  kept[0].postMessage('end');
  kept[1].postMessage('exit');
  await Promise.all(kept.slice(0, 2).map((thread) => once(thread, 'exit')));
  await kept[2].terminate();
  while (status().workers.present > 0) await delay(10);
  await page('after');
  say('status', status().workers);
  say('heard', heard.sort());
} else {
  const { times, nested, isShort } = workerData;
  monitor.addCollector('who', () => ({ thread: threadId }));
  work(times);
  if (nested !== undefined) {
    await new Promise((resolve) => begin({ times: nested }).once('message', resolve));
  }
  if (!isShort) {
    parentPort.postMessage(times);
    parentPort.on('message', (message) => {
      work(1);
      if (message === 'exit') process.exit(0);
      else parentPort.close();
    });
  }
}
