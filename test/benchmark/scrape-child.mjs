/**
 * A process that is scraped: by otel-monitor as a service has it, or by prom-client behind node:http. Told `change`, it
 * records; told `begin` and `end`, it says what the time between took.
 */
import { createServer } from 'node:http';
import { BOUNDARIES, NAME, recordSeries, SCOPE } from './scrape-series.mjs';

const { variant, promClient } = JSON.parse(process.argv[2]);

const variants = {
  'otel-monitor': async () => {
    const { metricStore } = await import('@otel-monitor/bound-metrics');
    const { startMonitoring } = await import('@otel-monitor/node');
    const { ownCost } = await import('@otel-monitor/runtime');
    const { OPERATION_DURATION } = await import('@otel-monitor/semconv');
    const { url } = await startMonitoring({
      service: { name: 'benchmark' },
      server: { port: 0 },
      limits: { seriesPerMetric: 10_000 },
    });
    const histogram = metricStore.scope(SCOPE).histogram(OPERATION_DURATION);
    const bind = (operation) => {
      const series = histogram.bind({ rom_type: 'sfc', 'monitor.operation.name': operation });
      return (value) => series.record(value);
    };
    // the server counts the slices of the page and what is collected for it
    const pageMillis = () => ownCost.report().cpuSeconds * 1000;
    return { change: recordSeries(bind), url: `${url}/metrics`, pageMillis };
  },
  'prom-client': async () => {
    const { default: client } = await import(promClient);
    const histogram = new client.Histogram({
      name: `${NAME.replaceAll('.', '_')}_seconds`,
      help: 'Duration of operations; a failed one carries error.type.',
      labelNames: ['rom_type', 'monitor_operation_name'],
      buckets: BOUNDARIES,
    });
    const bind = (operation) => {
      const bound = histogram.labels('sfc', operation);
      return (value) => bound.observe(value);
    };
    const change = recordSeries(bind);
    let spent = 0;
    // as its documentation has it
    const server = createServer(async (_request, response) => {
      response.setHeader('content-type', client.register.contentType);
      const start = performance.now();
      const page = await client.register.metrics();
      spent += performance.now() - start;
      response.end(page);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { change, url: `http://127.0.0.1:${server.address().port}/metrics`, pageMillis: () => spent };
  },
};

const { change, url, pageMillis } = await variants[variant]();
let pageBefore;
let cpu;
let loop;
let isWatching = false;
let longestTurn = 0;

/** Every turn of the loop is watched, at the price of a loop that never rests: not in the scrapes whose cost is measured. */
function watchTurns(since) {
  if (!isWatching) return;
  const now = performance.now();
  longestTurn = Math.max(longestTurn, now - since);
  setImmediate(watchTurns, now);
}

process.on('message', ({ type, watch }) => {
  if (type === 'change') {
    change();
    process.send({ type: 'changed' });
  }
  if (type === 'begin') {
    isWatching = watch;
    longestTurn = 0;
    pageBefore = pageMillis();
    cpu = process.cpuUsage();
    loop = performance.eventLoopUtilization();
    process.send({ type: 'begun' });
    // from the next turn on: this one has done something else
    if (watch) setImmediate(() => watchTurns(performance.now()));
  }
  if (type === 'end') {
    isWatching = false;
    const { user, system } = process.cpuUsage(cpu);
    const { active } = performance.eventLoopUtilization(loop);
    process.send({
      type: 'ended',
      pageMillis: pageMillis() - pageBefore,
      cpuMillis: (user + system) / 1000,
      loopMillis: active,
      longestTurn,
    });
  }
});
process.send({ type: 'ready', url });
