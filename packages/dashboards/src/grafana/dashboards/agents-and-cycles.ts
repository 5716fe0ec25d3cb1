import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { agentAnalytics } from '../sections/agents.js';
import { componentHealth } from '../sections/component-health.js';
import { cycles } from '../sections/cycles.js';
import { orchestratorResources } from '../sections/orchestrator-resources.js';

/** A service that looks after agents in cycles: how fast, what it uses, how its agents are. */
export const agentsAndCycles = (): Dashboard =>
  dashboard({
    name: 'agents-and-cycles',
    title: 'Agents and cycles',
    description: 'A service that looks after agents in cycles: times and limits, components, resources, agents.',
    sections: [cycles, agentAnalytics, componentHealth, orchestratorResources],
  });
