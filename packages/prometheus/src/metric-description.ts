import type { MetricData } from '@opentelemetry/sdk-metrics';
import type { Family, FamilyType } from './family.js';
import { type MetricKind, prometheusName } from './metric-name.js';

/** The values of the SDK's enums, whose module must not be loaded by those who have no SDK. */
const POINT_HISTOGRAM = 0;
const POINT_EXPONENTIAL_HISTOGRAM = 1;
const POINT_GAUGE = 2;
const POINT_SUM = 3;
const DELTA = 0;

/** What a family is made of: all that a metric says of itself before its series. */
export interface MetricDescription extends Pick<Family, 'name' | 'type' | 'help' | 'unit'> {
  readonly isDelta: boolean;
}

/** What a metric of the SDK says of itself; undefined when it is of no kind that is known. */
export function describeData(data: MetricData): MetricDescription | undefined {
  const kind = kindOfData(data);
  if (kind === undefined) return undefined;
  const { name, unit, description } = data.descriptor;
  const isDelta = kind !== 'gauge' && data.aggregationTemporality === DELTA;
  return { ...describe(String(name), unit, description, kind), isDelta };
}

/** The same of a bound instrument, which is always cumulative. Throws when it has no kind. */
export function describeBound(definition: {
  readonly name: unknown;
  readonly unit: unknown;
  readonly description: unknown;
  readonly kind: MetricKind;
}): MetricDescription {
  const { name, unit, description, kind } = definition;
  return { ...describe(String(name), unit, description, kind), isDelta: false };
}

function describe(name: string, unit: unknown, help: unknown, kind: MetricKind): Omit<MetricDescription, 'isDelta'> {
  const type = types[kind];
  if (type === undefined) throw new Error('no kind of instrument');
  return { name: prometheusName({ name, unit: text(unit), kind }), type, help: text(help), unit: text(unit) };
}

const types: Readonly<Record<MetricKind, FamilyType>> = {
  counter: 'counter',
  observable_counter: 'counter',
  gauge: 'gauge',
  observable_gauge: 'gauge',
  // a sum that is no counter is shown as a gauge, but named as a sum: unit `1` adds no `_ratio` to it
  up_down_counter: 'gauge',
  observable_up_down_counter: 'gauge',
  histogram: 'histogram',
};

function kindOfData(data: MetricData): MetricKind | undefined {
  switch (data.dataPointType as number) {
    case POINT_HISTOGRAM:
    case POINT_EXPONENTIAL_HISTOGRAM:
      return 'histogram';
    case POINT_GAUGE:
      return 'gauge';
    case POINT_SUM:
      return (data as { isMonotonic?: unknown }).isMonotonic === true ? 'counter' : 'up_down_counter';
    default:
      return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
