import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { componentHealth } from '../sections/component-health.js';
import { dependencies } from '../sections/dependencies.js';
import { services } from '../sections/services.js';
import { traces } from '../variables.js';

/** The services side by side, what they are made of, and who depends on whom. */
export const microservicesHealth = (): Dashboard =>
  dashboard({
    name: 'microservices-health',
    title: 'Microservices health',
    description: 'The services side by side, their components and heartbeats, and who asks whom.',
    variables: [traces()],
    sections: [services, componentHealth, dependencies],
  });
