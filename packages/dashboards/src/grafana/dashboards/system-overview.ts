import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { atAGlance } from '../sections/at-a-glance.js';
import { machines } from '../sections/machines.js';
import { nodeRuntime } from '../sections/node-runtime.js';
import { processes } from '../sections/processes.js';

/** Everything at a glance: are the services there, are they healthy, what do machines and processes use. */
export const systemOverview = (): Dashboard =>
  dashboard({
    name: 'system-overview',
    title: 'System overview',
    description: 'Services, machines, processes and Node.js at a glance. All of it is recorded by itself.',
    sections: [atAGlance, machines, processes, nodeRuntime],
  });
