/**
 * A service of node:cluster: its workers do what is asked of them over HTTP, and its primary says where the page is. The
 * primary is spoken to over stdin, a word a line.
 */
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { metrics } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitor = createMonitor({ name: 'program' });
const isMonitored = cluster.isWorker || process.env.PRIMARY !== 'unmonitored';
const deadlineMillis = Number(process.env.DEADLINE_MILLIS);
const start = () => startMonitoring({ server: { port: 0 }, cluster: { deadlineMillis } });
let monitoring = isMonitored ? await start() : {};
const say = (word, value) => process.stdout.write(`${word} ${JSON.stringify(value ?? null)}\n`);

if (cluster.isPrimary) primary();
else worker();

function primary() {
  const count = Number(process.env.WORKERS ?? 4);
  if (process.env.SERIALIZATION) cluster.setupPrimary({ serialization: process.env.SERIALIZATION });
  monitor.addCollector('who', () => ({ pid: process.pid }));
  cluster.on('message', (_, message) => say('message', message));
  cluster.on('exit', ({ id }, code, signal) => say('exit', { id, code, signal }));
  let listening = 0;
  cluster.on('listening', ({ process: { pid }, id }, { port }) => {
    listening += 1;
    say('worker', { id, pid, port });
    if (listening === count) say('ready', { url: monitoring.url, port });
  });
  for (let worker = 0; worker < count; worker += 1) cluster.fork();
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word, id] = line.split(' ');
    if (word === 'fork') cluster.fork();
    if (word === 'disconnect') cluster.workers[id].disconnect();
    if (word === 'send') cluster.workers[id].send({ of: 'the application' });
    if (word === 'fail') say('failed', fail(Number(id)));
    if (word === 'status') say('status', monitoring.status().workers);
    if (word === 'overview') say('overview', monitoring.snapshot());
    if (word === 'restart') {
      void monitoring.shutdown().then(async () => {
        monitoring = await start();
        say('restarted', { url: monitoring.url });
      });
    }
    if (word === 'end') cluster.disconnect(() => process.exit(0));
  });
}

function worker() {
  const { id } = cluster.worker;
  // an instrument of the SDK, as those of a library are
  const requests = metrics.getMeter('lib', '2').createCounter('lib.requests', { description: 'Requests.' });
  monitor.addCollector('who', () => ({ pid: process.pid }));
  monitor.health.addCheck({ name: 'database', check: () => state, critical: true, intervalSeconds: 0.1 });
  let state = 'healthy';
  const begun = [];
  process.on('message', (message) => process.send({ answer: message }));
  if (monitoring.url !== undefined) say('url', { id, url: monitoring.url });
  createServer((request, response) => {
    const [, word, value, user] = request.url.split('/');
    monitor.operation('work', { dimensions: { word } }, () => {
      if (word === 'exit') setImmediate(() => process.exit(Number(value)));
      if (word === 'throw')
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
      if (word === 'state') state = value;
      if (word === 'fail') fail(Number(value), user);
      if (word === 'use') use(value);
      if (word === 'begin') begun.push(monitor.startWorkflow('import'));
    });
    requests.add(1, { word });
    if (word === 'thread') new Worker(new URL('./cluster-thread.mjs', import.meta.url), { workerData: value }).unref();
    if (word === 'write') void monitoring.flush().then(() => response.end(String(id)));
    else response.end(String(id));
  }).listen(Number(process.env.PORT ?? 0));
}

/** The same fault each time. */
function fail(times, userId) {
  for (let time = 0; time < times; time += 1) monitor.captureError(new Error(`no tile ${time}`), { userId });
  return times;
}

function use(userId) {
  monitor.trackFeature('export', 'done', { success: true, durationSeconds: 2, userId });
  const workflow = monitor.startWorkflow('import');
  workflow.step('upload');
  workflow.complete();
}
