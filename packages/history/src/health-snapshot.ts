import type { ComponentState } from '@otel-monitor/semconv';

/** What a health report has at least; the report of the package health is one. */
export interface HealthSnapshot {
  readonly status: ComponentState;
  readonly components: readonly ComponentSnapshot[];
}

/** A component in a health report. */
export interface ComponentSnapshot {
  readonly name: string;
  readonly status: ComponentState;
  /** Whether the service as a whole is unhealthy when this component is. */
  readonly critical?: boolean | undefined;
  /** What is wrong, or what the check said. */
  readonly message?: string | undefined;
  /** What to do. */
  readonly recovery?: string | undefined;
}
