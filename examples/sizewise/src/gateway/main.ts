import { once } from 'node:events';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { listenOptions, runService, start } from '../service/run-service.js';
import { gatewayApp } from './app.js';
import { type BalancedNode, RoundRobinBalancer } from './balancer.js';
import { CalculatorPool } from './calculator-pool.js';
import { addHealthChecks } from './health-checks.js';

const monitor = createMonitor({ name: 'sizewise-gateway', version: '2.1.0' });

start(async () => {
  const balancer = new RoundRobinBalancer(calculators(process.env.CALCULATOR_URLS));
  const monitoring = await startMonitoring({ service: { name: 'gateway', version: '2.1.0' } });
  addHealthChecks(monitor, balancer);
  monitor.addCollector('load_balancer', () => balancer.figures());
  const { port, host } = listenOptions();
  const server = gatewayApp({ monitor, pool: new CalculatorPool(balancer) }).listen(port, host);
  await once(server, 'listening');
  runService(server, monitoring);
});

/** Their addresses with commas between; they are called calculator-1 and so on. */
function calculators(urls: string | undefined): BalancedNode[] {
  const found = (urls ?? '').split(',').filter((url) => url !== '');
  if (found.length === 0) throw new Error('CALCULATOR_URLS: found nothing, expected addresses with commas between');
  return found.map((url, index) => ({ name: `calculator-${index + 1}`, url }));
}
