import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { calculations } from '../sections/calculations.js';
import { customGauges } from '../sections/custom-gauges.js';
import { features } from '../sections/features.js';
import { promises } from '../sections/promises.js';
import { workflows } from '../sections/workflows.js';
import { dimension, operation, traces } from '../variables.js';

/** What the services do for their users: calculations, features, workflows. */
export const businessCalculations = (): Dashboard =>
  dashboard({
    name: 'business-calculations',
    title: 'Business calculations',
    description:
      'What the services do for those who use them: calculations by a dimension of theirs, features, workflows.',
    variables: [operation(), dimension(), traces()],
    sections: [promises, calculations, features, workflows, customGauges],
  });
