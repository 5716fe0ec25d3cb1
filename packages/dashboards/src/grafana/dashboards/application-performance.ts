import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { cachePanels } from '../sections/caches.js';
import { httpClients } from '../sections/http-clients.js';
import { httpRequests } from '../sections/http-requests.js';
import { operations } from '../sections/operations.js';
import { operation, traces } from '../variables.js';

/** Response times, throughput and failures of requests, operations and caches. */
export const applicationPerformance = (): Dashboard =>
  dashboard({
    name: 'application-performance',
    title: 'Application performance',
    description: 'Times, throughput and failures: of requests to the services and to others, of operations, of caches.',
    variables: [operation(), traces()],
    sections: [httpRequests, operations, httpClients, cachePanels],
  });
