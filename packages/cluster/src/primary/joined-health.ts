import { COMPONENT_STATES, type ComponentState, STATE_COLOURS } from '@otel-monitor/semconv';
import type { WireComponent } from '../wire/message.js';
import type { FailedWorker } from './departures.js';

/** After so long without an answer a worker is taken for one that does no work any more. */
export const SILENT_MILLIS = 10_000;

/** A component of a report of the package health, as far as it is read here. */
export interface JoinedComponent {
  readonly name: string;
  readonly status: ComponentState;
  readonly critical?: boolean | undefined;
}

/** A report of the package health, as far as it is read here; it may hold more. */
export interface JoinableHealth {
  readonly status: ComponentState;
  readonly components: readonly JoinedComponent[];
}

/** How a worker is, as its primary knows it. */
export interface WorkerState {
  readonly id: string;
  readonly health: { readonly status: string; readonly components: readonly WireComponent[] } | undefined;
  /** A thread may well be busy for long: that it does not answer says nothing of its health. */
  readonly isThread: boolean;
  readonly isMissing: boolean;
  /** How long it has owed an answer. */
  readonly owedMillis: number;
}

const BADNESS: Readonly<Record<ComponentState, number>> = { healthy: 0, unknown: 1, degraded: 2, unhealthy: 3 };

/** The report on a process and its workers: the components of all, and the worst state of any. */
export function joinedHealth<H extends JoinableHealth>(
  own: H,
  workers: readonly WorkerState[],
  failed: readonly FailedWorker[],
): H {
  const ofWorkers = workers.map(workerComponent);
  const ofFailed = failed.map(failedComponent);
  const inside = workers.flatMap(({ id, health }) =>
    (health?.components ?? []).map((component) => ({
      ...component,
      name: `worker/${id}/${component.name}`,
      status: stateOf(component.status),
    })),
  );
  const components = [...own.components, ...ofWorkers, ...ofFailed, ...inside];
  const status = [...ofWorkers, ...ofFailed].reduce((worst, each) => worse(worst, each.status), own.status);
  return { ...own, status, colour: STATE_COLOURS[status], summary: summaryOf(components), components };
}

function workerComponent({ id, health, isThread, isMissing, owedMillis }: WorkerState): JoinedComponent {
  const said = health === undefined ? 'unknown' : stateOf(health.status);
  if (!isMissing) return component(`worker/${id}`, said);
  const message = `has not answered for ${Math.floor(owedMillis / 1000)} s`;
  if (isThread) return component(`worker/${id}`, said, message);
  return component(`worker/${id}`, worse(said, owedMillis > SILENT_MILLIS ? 'unhealthy' : 'degraded'), message);
}

function failedComponent({ id, text, secondsAgo }: FailedWorker): JoinedComponent {
  return component(`worker/${id}`, 'degraded', `${text}, ${secondsAgo} s ago`);
}

function component(name: string, status: ComponentState, message?: string): JoinedComponent {
  return { name, status, critical: false, ...{ colour: STATE_COLOURS[status] }, ...(message && { message }) };
}

function summaryOf(components: readonly JoinedComponent[]): Record<ComponentState | 'critical', number> {
  const summary = { healthy: 0, degraded: 0, unhealthy: 0, unknown: 0, critical: 0 };
  for (const { status, critical } of components) {
    summary[status] += 1;
    if (critical && status === 'unhealthy') summary.critical += 1;
  }
  return summary;
}

function stateOf(status: string): ComponentState {
  return COMPONENT_STATES.find((state) => state === status) ?? 'unknown';
}

function worse(a: ComponentState, b: ComponentState): ComponentState {
  return BADNESS[b] > BADNESS[a] ? b : a;
}
