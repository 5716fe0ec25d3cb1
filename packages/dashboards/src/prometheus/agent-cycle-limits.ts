import { customSeriesName } from '../series.js';
import type { RecordingRule } from './rule.js';

/** What a cycle may take by the number of agents it looks after, in seconds. */
const LIMITS: readonly { upTo: number; warning: number; critical: number }[] = [
  { upTo: 10, warning: 0.03, critical: 0.05 },
  { upTo: 25, warning: 0.06, critical: 0.1 },
  { upTo: 50, warning: 0.12, critical: 0.2 },
  { upTo: 100, warning: 0.25, critical: 0.4 },
  { upTo: Number.POSITIVE_INFINITY, warning: 0.5, critical: 0.75 },
];

/** The recorded limit of the service's cycles at the number of agents that it has now. */
export const agentCycleLimitName = (severity: 'warning' | 'critical'): string =>
  `job:monitoring_cycle_limit_seconds:${severity}`;

const agents = `max by (job) (${customSeriesName('agents_total')})`;

/** Each step adds what the limit is more than in the step before, as soon as the agents are more than that held. */
export const agentCycleLimits: readonly RecordingRule[] = (['warning', 'critical'] as const).map((severity) => {
  const steps = LIMITS.map((step, index) => {
    const before = LIMITS[index - 1];
    if (before === undefined) return `${step[severity]} * (${agents} >= bool 0)`;
    return `${Number((step[severity] - before[severity]).toPrecision(6))} * (${agents} > bool ${before.upTo})`;
  });
  return { record: agentCycleLimitName(severity), expr: steps.join(' + ') };
});
