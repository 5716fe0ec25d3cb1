export type {
  CheckContext,
  CheckDefaults,
  CheckOptions,
  ComponentOptions,
  HealthCheck,
  HeartbeatOptions,
} from './check-options.js';
export { resetHealth } from './components.js';
export { Health } from './health.js';
export type { Colour, ComponentReport, HealthReport, HealthSummary } from './health-report.js';
export type { RestartResult } from './restart.js';
export type { CheckResult } from './verdict.js';
