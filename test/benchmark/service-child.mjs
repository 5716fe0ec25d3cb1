/**
 * A bare HTTP service. BENCHMARK_RECORD says who records one operation a request: nobody, the monitor, or a span and a
 * histogram by hand on whatever SDK `--import` has started. It tells its parent when it listens, and what it uses when asked.
 */
import { createServer } from 'node:http';

const records = {
  none: async () => (callback) => callback(),
  monitor: async () => {
    const { createMonitor } = await import('@otel-monitor/monitor');
    const monitor = createMonitor({ name: 'service' });
    return (callback) => monitor.operation('answer', { dimensions: { route: '/' } }, callback);
  },
  'by-hand': async () => {
    const { metrics, trace } = await import('@opentelemetry/api');
    const tracer = trace.getTracer('service');
    const duration = metrics.getMeter('service').createHistogram('answer.duration', {
      unit: 's',
      advice: {
        explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
      },
    });
    return (callback) =>
      tracer.startActiveSpan('answer', { attributes: { route: '/' } }, (span) => {
        const start = performance.now();
        try {
          return callback();
        } finally {
          duration.record((performance.now() - start) / 1000, { route: '/', operation: 'answer' });
          span.end();
        }
      });
  },
};

const record = await records[process.env.BENCHMARK_RECORD]();
const server = createServer((_request, response) => {
  record(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
});
server.listen(0, '127.0.0.1', () => process.send({ type: 'listening', port: server.address().port }));

process.on('message', ({ type }) => {
  if (type !== 'measure') return;
  const { user, system } = process.cpuUsage();
  const greatestRss = 1024 * process.resourceUsage().maxRSS;
  process.send({ type: 'measured', rss: process.memoryUsage.rss(), greatestRss, cpuSeconds: (user + system) / 1e6 });
});
