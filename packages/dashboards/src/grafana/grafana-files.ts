import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { EmittedFile } from '../emitted-file.js';
import { agentsAndCycles } from './dashboards/agents-and-cycles.js';
import { alertsAndTrends } from './dashboards/alerts-and-trends.js';
import { applicationPerformance } from './dashboards/application-performance.js';
import { businessCalculations } from './dashboards/business-calculations.js';
import { errorTracking } from './dashboards/error-tracking.js';
import { microservicesHealth } from './dashboards/microservices-health.js';
import { systemOverview } from './dashboards/system-overview.js';

/** The dashboards, made anew at each call, in the order of their files' names. */
export function grafanaDashboards(): Dashboard[] {
  return [
    agentsAndCycles(),
    alertsAndTrends(),
    applicationPerformance(),
    businessCalculations(),
    errorTracking(),
    microservicesHealth(),
    systemOverview(),
  ];
}

const UID_PREFIX = /^otel-monitor-/;

/**
 * The dashboards as JSON for Grafana 11 and later: for its provisioning or its import page. A file is named after
 * the end of its dashboard's uid: `otel-monitor-system-overview` is `system-overview.json`.
 */
export function grafanaFiles(): EmittedFile[] {
  return grafanaDashboards().map((dashboard) => ({
    path: `${dashboard.uid?.replace(UID_PREFIX, '')}.json`,
    text: `${JSON.stringify(dashboard, undefined, 2)}\n`,
  }));
}
