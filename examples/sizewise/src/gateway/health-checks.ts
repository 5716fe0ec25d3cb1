import type { Monitor } from '@otel-monitor/monitor';
import { checkService } from '../service/check-service.js';
import type { RoundRobinBalancer } from './balancer.js';

/** Each calculator may fail as long as one is left: that one of them answers is what the gateway cannot do without. */
export function addHealthChecks(monitor: Monitor, balancer: RoundRobinBalancer): void {
  const { nodes } = balancer;
  for (const node of nodes) {
    monitor.health.addCheck({
      name: node.name,
      // what the check finds is what the balancer goes by: a node that is back takes part again at once
      check: async ({ signal }) => {
        try {
          await checkService(node.url, signal);
          balancer.succeeded(node);
        } catch (error) {
          balancer.failed(node);
          throw error;
        }
      },
      intervalSeconds: 2,
      timeoutSeconds: 1,
      recovery: 'Start it again; the gateway finds it by itself',
    });
  }
  monitor.health.addCheck({
    name: 'calculators',
    check: () => {
      const { nodes_resting = 0 } = balancer.figures();
      if (nodes_resting === nodes.length) return false;
      return nodes_resting === 0 ? true : { state: 'degraded', message: `${nodes_resting} of ${nodes.length} rest` };
    },
    intervalSeconds: 1,
    critical: true,
    dependsOn: nodes.map(({ name }) => name),
    recovery: 'Start a calculator',
  });
}
