import { HTTP_SERVER_REQUEST_DURATION, type MetricDefinition, OPERATION_DURATION } from '@otel-monitor/semconv';
import { checkJobPattern } from './job-pattern.js';

interface ObjectiveOfEvents {
  /** Its label `slo`: `http-availability`. Unique. */
  readonly name: string;
  /** The share of events that must be good, above 0 and below 1: 0.999. */
  readonly target: number;
  /** What is counted: requests to the service, or its operations. */
  readonly events: 'http_requests' | 'operations';
  /** One operation by its name, or one route by its template. All by default. */
  readonly only?: string;
  /** Services that it is for, as a regular expression (RE2) of `job`. All by default, each with a budget of its own. */
  readonly job?: string;
}

/** An event is good when it does not fail. */
export interface AvailabilityObjective extends ObjectiveOfEvents {
  readonly kind: 'availability';
}

/** An event is good when it does not fail and takes no longer than `seconds`. */
export interface LatencyObjective extends ObjectiveOfEvents {
  readonly kind: 'latency';
  /** A boundary of the histogram: what lies between two of them cannot be counted. */
  readonly seconds: number;
}

export type Objective = AvailabilityObjective | LatencyObjective;

/** Of HTTP requests 99.9 % succeed, and 99 % do so within half a second. */
export const DEFAULT_OBJECTIVES: readonly Objective[] = [
  { kind: 'availability', name: 'http-availability', target: 0.999, events: 'http_requests' },
  { kind: 'latency', name: 'http-latency', target: 0.99, events: 'http_requests', seconds: 0.5 },
];

/** The histogram that the events of an objective are counted by. */
export const histogramOf = ({ events }: Objective): MetricDefinition =>
  events === 'operations' ? OPERATION_DURATION : HTTP_SERVER_REQUEST_DURATION;

/** @throws RangeError naming the objective: a target that is none, a duration that is no boundary, a name used twice */
export function checkObjectives(objectives: readonly Objective[]): void {
  const names = new Set<string>();
  for (const objective of objectives) {
    const { name, target } = objective;
    if (names.has(name)) throw new RangeError(`objective ${name}: there are two of this name`);
    names.add(name);
    if (!(target > 0 && target < 1)) throw new RangeError(`objective ${name}: target ${target} is not between 0 and 1`);
    if (objective.job !== undefined) checkJobPattern(`objective ${name}`, objective.job);
    const boundaries = histogramOf(objective).boundaries ?? [];
    if (objective.kind === 'latency' && !boundaries.includes(objective.seconds)) {
      const known = boundaries.join(', ');
      throw new RangeError(
        `objective ${name}: ${objective.seconds} s is no boundary of its histogram; they are ${known}`,
      );
    }
  }
}
