/** Server, checks, heartbeats, host metrics and push are on, and nothing else keeps the process alive. */
import { startMonitoring } from '@otel-monitor/node';

const { monitor, url } = await startMonitoring({ otlp: { endpoint: process.env.SINK }, server: { port: 0 } });
monitor.health.addCheck({ name: 'database', check: async () => true, intervalSeconds: 1 });
monitor.health.heartbeat('loop', { everySeconds: 1 });
monitor.addCollector('queue', () => ({ depth: 1 }));
monitor.operation('work', () => {});
console.log(url);
