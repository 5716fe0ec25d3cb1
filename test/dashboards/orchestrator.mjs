/**
 * A service that looks after agents in cycles, as docs/dashboards.md tells one to record it: what no example has. It
 * loads its components, detects its agents, some in vain, changes their states, and restarts a component. Runs until it
 * is killed; prints the address of its monitoring server.
 */
import { startMonitoring } from '@otel-monitor/node';

const AGENTS = 30;
const CYCLE_MILLIS = 200;

const { monitor, url } = await startMonitoring({
  service: { name: 'tmux-orchestrator', version: '3.0.0' },
  server: { port: 0 },
});

let idle = 0;
let cycle = 0;
monitor.addCollector('agents', () => ({ agents_total: AGENTS, agents_healthy: AGENTS - 1, agents_idle: idle }));
monitor.addCollector('state', () => ({ state_file_bytes: 4096 + cycle }));

const check = { intervalSeconds: 0.2, timeoutSeconds: 1 };
monitor.health.addCheck({ ...check, name: 'state_file', check: () => true, restart: () => {} });
monitor.health.addCheck({
  ...check,
  name: 'tmux',
  check: () => {
    throw new RangeError('no server');
  },
});
monitor.health.addCheck({ ...check, name: 'crash_detector', dependsOn: ['tmux'], check: () => true });
monitor.health.heartbeat('agent_monitor', { everySeconds: 5 });

class AgentNotFound extends Error {
  name = 'AgentNotFound';
}

function detect(agent) {
  monitor.operation('agent_detection', { measureMemory: true }, () => {
    if (agent === 7) throw new AgentNotFound('no pane of this name');
    return new Array(100 + agent).fill(agent);
  });
}

function lookAfterAgents() {
  cycle += 1;
  monitor.operation('component_load', () => cycle);
  monitor.operation('monitoring_cycle', () => {
    for (let agent = 0; agent < AGENTS; agent += 1) {
      try {
        detect(agent);
      } catch {
        // counted; the others are looked after all the same
      }
    }
    idle = cycle % 3;
    monitor.trackFeature('agent_state', idle === 0 ? 'busy' : 'idle');
    monitor.health.heartbeat('agent_monitor', { everySeconds: 5 });
  });
}

setInterval(lookAfterAgents, CYCLE_MILLIS);
setTimeout(() => monitor.health.restart('state_file'), 500);
console.log(`metrics ${url}/metrics`);
