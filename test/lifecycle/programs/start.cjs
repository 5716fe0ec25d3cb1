/** createMonitor before and after startMonitoring, all by require(): both record. */
const { createMonitor } = require('@otel-monitor/monitor');
const { startMonitoring } = require('@otel-monitor/node');

const before = createMonitor({ name: 'before' });
startMonitoring({ otlp: { endpoint: process.env.SINK }, server: false, host: { enabled: false } }).then(() => {
  const after = createMonitor({ name: 'after' });
  before.operation('work', () => {});
  after.operation('work', () => {});
});
