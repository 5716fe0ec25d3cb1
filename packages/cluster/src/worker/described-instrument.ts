import type { Histogram, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { HistogramSeries, Series } from '@otel-monitor/bound-metrics';
import type { WireInstrument, WireKind } from '../wire/message.js';

/** What is told of an instrument, but for its number. */
export interface DescribedInstrument extends Omit<WireInstrument, 'id'> {
  /** Another one for each that is added up by itself. */
  readonly key: string;
}

/** The values of the SDK's enums, whose module must not be loaded by those who have no SDK. */
const CUMULATIVE = 1;
const POINT_HISTOGRAM = 0;
const POINT_EXPONENTIAL_HISTOGRAM = 1;
const POINT_GAUGE = 2;
const POINT_SUM = 3;

const known = new WeakMap<object, DescribedInstrument>();

/** The instrument of a bound series. */
export function describeBound(series: Series): DescribedInstrument {
  const { family } = series;
  let described = known.get(family);
  if (described === undefined) {
    const { scope, definition, isExponential } = family;
    const { name, unit, description } = definition;
    const kind = definition.kind.replace('observable_', '') as WireKind;
    const buckets = isExponential ? 'exponential' : (series as HistogramSeries).boundaries;
    described = withKey({
      scope: { name: scope.name, ...(scope.version !== undefined && { version: scope.version }) },
      ...{ name, unit, description, kind },
      ...(kind === 'histogram' && { buckets }),
    });
    known.set(family, described);
  }
  return described;
}

/** The same of a metric that the SDK collected; undefined when it is nothing that can be added up. */
export function describeSdk(scope: ScopeMetrics['scope'], metric: MetricData): DescribedInstrument | undefined {
  try {
    const kind = kindOf(metric);
    if (kind === undefined || metric.dataPoints.length === 0) return undefined;
    const { name, unit = '', description = '' } = metric.descriptor;
    const isExponential = (metric.dataPointType as number) === POINT_EXPONENTIAL_HISTOGRAM;
    const buckets = isExponential ? 'exponential' : (metric.dataPoints[0]!.value as Histogram).buckets?.boundaries;
    const { version, schemaUrl } = scope;
    return withKey({
      scope: { name: scope.name, ...(version && { version }), ...(schemaUrl && { schemaUrl }) },
      ...{ name, unit, description, kind },
      ...(kind === 'histogram' && { buckets }),
    });
  } catch {
    // a reader of somebody else may give out anything
    return undefined;
  }
}

function kindOf({ dataPointType, aggregationTemporality, ...rest }: MetricData): WireKind | undefined {
  const type = dataPointType as number;
  if (type === POINT_GAUGE) return 'gauge';
  if ((aggregationTemporality as number) !== CUMULATIVE) return undefined;
  if (type === POINT_HISTOGRAM || type === POINT_EXPONENTIAL_HISTOGRAM) return 'histogram';
  if (type !== POINT_SUM) return undefined;
  return (rest as { isMonotonic?: boolean }).isMonotonic === true ? 'counter' : 'up_down_counter';
}

function withKey(described: Omit<DescribedInstrument, 'key'>): DescribedInstrument {
  const { scope, name, kind, buckets } = described;
  const aggregation = Array.isArray(buckets) ? buckets.join() : (buckets ?? '');
  return { ...described, key: [scope.name, scope.version, name, kind, aggregation, ''].join('\n') };
}
