import { type ComponentState, STATE_COLOURS } from '@otel-monitor/semconv';
import type { Component } from './component.js';
import type { ComponentReport, HealthReport, HealthSummary } from './health-report.js';

/** The report on components whose states were worked out just now. */
export function buildReport(components: Iterable<Component>): HealthReport {
  const reports = Array.from(components, buildComponentReport);
  const summary = summarise(reports);
  const status = overallStatus(summary, reports.length);
  return {
    status,
    colour: STATE_COLOURS[status],
    checkedAt: new Date().toISOString(),
    summary,
    components: reports,
  };
}

export function buildComponentReport(component: Component): ComponentReport {
  const { name, state, causedBy, check, heartbeat, declaration, own } = component;
  const message = messageOf(own.message, causedBy);
  const isWell = state === 'healthy' || state === 'unknown';
  return {
    name,
    status: state,
    colour: STATE_COLOURS[state],
    critical: declaration.critical,
    ...(message !== undefined && { message }),
    ...(own.errorType !== undefined && { errorType: own.errorType }),
    ...(check?.checkedAt !== undefined && { checkedAt: new Date(check.checkedAt).toISOString() }),
    ...(check?.durationSeconds !== undefined && { durationSeconds: check.durationSeconds }),
    ...(heartbeat !== undefined && { heartbeatAgeSeconds: heartbeat.ageSeconds }),
    dependsOn: [...declaration.dependsOn],
    ...(causedBy !== undefined && { causedBy }),
    ...(declaration.recovery !== undefined && !isWell && { recovery: declaration.recovery }),
    since: new Date(component.since).toISOString(),
    consecutiveFailures: check?.consecutiveFailures ?? 0,
  };
}

function messageOf(own: string | undefined, causedBy: string | undefined): string | undefined {
  if (causedBy === undefined) return own;
  const because = `because ${causedBy} is unhealthy`;
  return own === undefined ? because : `${own} (${because})`;
}

function summarise(reports: readonly ComponentReport[]): HealthSummary {
  const count: Record<ComponentState, number> = { healthy: 0, degraded: 0, unhealthy: 0, unknown: 0 };
  let critical = 0;
  for (const one of reports) {
    count[one.status] += 1;
    if (one.critical && one.status === 'unhealthy') critical += 1;
  }
  return { ...count, critical };
}

function overallStatus(summary: HealthSummary, components: number): ComponentState {
  if (summary.critical > 0) return 'unhealthy';
  if (summary.unhealthy > 0 || summary.degraded > 0) return 'degraded';
  return components > 0 && summary.unknown === components ? 'unknown' : 'healthy';
}
