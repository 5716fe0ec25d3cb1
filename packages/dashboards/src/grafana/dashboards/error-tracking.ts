import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { errorPanels } from '../sections/errors.js';
import { failureShares } from '../sections/failure-shares.js';
import { errorSeverity, traces } from '../variables.js';

/** Errors by type, severity and operation, with links to their traces. */
export const errorTracking = (): Dashboard =>
  dashboard({
    name: 'error-tracking',
    title: 'Error tracking',
    description: 'Errors by type, severity and operation, those that are new, and what fails because of them.',
    variables: [errorSeverity(), traces()],
    sections: [errorPanels, failureShares],
  });
