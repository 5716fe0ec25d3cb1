import type { Attributes } from '@opentelemetry/api';
import {
  difference,
  type ExponentialHistogramSeries,
  type HistogramSeries,
  MetricStore,
  type PointValue,
  type Series,
  type SumSeries,
} from '@otel-monitor/bound-metrics';
import { ATTR_WORKER_ID } from '@otel-monitor/semconv';
import type { Part, WireExemplar, WireInstrument, WireSeries, WireValue } from '../wire/message.js';
import { readWireValue } from '../wire/wire-value.js';
import { earlierStart } from './earlier-start.js';
import type { SummedSeries } from './summed-series.js';

/** As many as a worker tells at most. */
const MAX_SERIES = 50_000;
const MAX_INSTRUMENTS = 10_000;

/** A series of one process, and where it is added up. */
interface Contributed {
  readonly instrument: WireInstrument;
  readonly series: Series;
  last: PointValue | undefined;
}

/** What is told to whoever counts it. */
export interface ContributionOwner {
  readonly summed: SummedSeries;
  /** A series whose boundaries are not those of the others. */
  unmergeable(metric: string): void;
}

/** What one process has told of its metrics: its part of the sums, and its gauges. */
export class Contribution {
  /** A store of their own, so that they can go with the process. */
  readonly gauges = new MetricStore();
  readonly #instruments = new Map<number, WireInstrument>();
  readonly #series = new Map<number, Contributed>();

  /** @param workerId the attribute of its gauges; undefined: they have none */
  constructor(
    private readonly owner: ContributionOwner,
    readonly workerId: string | undefined,
  ) {
    // nobody is told of these measurements a second time
    this.gauges.produced();
    this.gauges.seriesPerMetric = owner.summed.store.seriesPerMetric;
  }

  /** Series that it has now. */
  get size(): number {
    return this.#series.size;
  }

  /** Takes in what has changed. What does not fit to what was told before is left out. */
  apply({ instruments, series, restarted, values, exemplars, gone }: Part): void {
    for (const instrument of instruments) {
      if (this.#instruments.size < MAX_INSTRUMENTS) this.#instruments.set(instrument.id, instrument);
    }
    for (const described of series) this.#describe(described);
    for (const id of restarted) {
      const known = this.#series.get(id);
      if (known !== undefined) known.last = undefined;
    }
    for (const value of values) this.#take(value);
    for (const exemplar of exemplars) this.#takeExemplar(exemplar);
    for (const id of gone) this.#leave(id, 'given up');
  }

  /** The process is no more: what it counted stays. */
  depart(): void {
    for (const id of [...this.#series.keys()]) this.#leave(id, 'departed');
  }

  #describe([id, instrumentId, startMillis, attributes]: WireSeries): void {
    const instrument = this.#instruments.get(instrumentId);
    if (instrument === undefined || this.#series.has(id) || this.#series.size >= MAX_SERIES) return;
    const series = this.#seriesOf(instrument, attributes);
    if (series === undefined) return;
    earlierStart(series, startMillis);
    this.#series.set(id, { instrument, series, last: undefined });
    if (instrument.kind !== 'gauge') this.owner.summed.enter(series);
  }

  #seriesOf(instrument: WireInstrument, attributes: Attributes): Series | undefined {
    const { scope, name, unit, description, kind, buckets } = instrument;
    const definition = { name, unit, description, kind, attributes: [] };
    if (kind === 'gauge') return this.gauges.scope(scope).value(definition).bind(this.#ofWorker(attributes));
    const instruments = this.owner.summed.store.scope(scope);
    if (kind !== 'histogram') return instruments.sum(definition).bind(attributes);
    if (buckets === 'exponential') return instruments.exponentialHistogram(definition).bind(attributes);
    const series = instruments.histogram({ ...definition, boundaries: buckets! }).bind(attributes);
    if (isSame(series.boundaries, buckets!)) return series;
    this.owner.unmergeable(name);
    return undefined;
  }

  /** A gauge of a thread of a worker has the thread's id by now. */
  #ofWorker(attributes: Attributes): Attributes {
    const { workerId } = this;
    if (workerId === undefined) return attributes;
    const inner = attributes[ATTR_WORKER_ID];
    const id = inner === undefined ? workerId : `${workerId}/${String(inner)}`;
    // first, so that it is not the one that is left out of too many
    return { [ATTR_WORKER_ID]: id, ...attributes, ...(inner !== undefined && { [ATTR_WORKER_ID]: id }) };
  }

  #take(value: WireValue): void {
    const known = this.#series.get(value[0]!);
    if (known === undefined) return;
    const { instrument, series, last } = known;
    const now = readWireValue(value, instrument);
    if (now === undefined) return;
    if (typeof now === 'number') takeNumber(series, instrument, now, last as number | undefined);
    else {
      const added = difference(now, last);
      if (added !== undefined) (series as HistogramSeries & ExponentialHistogramSeries).merge(added as never, now);
    }
    known.last = now;
  }

  #takeExemplar([id, bucket, value, timeMillis, ...words]: WireExemplar): void {
    const series = this.#series.get(id!)?.series as Partial<HistogramSeries> | undefined;
    const [traceId0, traceId1, traceId2, traceId3, spanId0, spanId1] = words as [number, number, ...number[]];
    const ids = { traceId0, traceId1, traceId2: traceId2!, traceId3: traceId3!, spanId0: spanId0!, spanId1: spanId1! };
    series?.mergeExemplar?.(bucket!, value!, ids, timeMillis!);
  }

  #leave(id: number, how: 'given up' | 'departed'): void {
    const known = this.#series.get(id);
    if (known === undefined) return;
    this.#series.delete(id);
    const { instrument, series, last } = known;
    if (instrument.kind === 'gauge') {
      series.reset();
      return;
    }
    if (instrument.kind === 'up_down_counter') (series as SumSeries).add(-((last as number | undefined) ?? 0));
    this.owner.summed.leave(
      series,
      instrument.kind === 'up_down_counter' ? 'forget' : how === 'departed' ? 'keep' : 'unbind',
    );
  }
}

function takeNumber(series: Series, { kind }: WireInstrument, now: number, last: number | undefined): void {
  if (kind === 'gauge') (series as unknown as { set(value: number): void }).set(now);
  else if (kind === 'up_down_counter') (series as SumSeries).add(now - (last ?? 0));
  // a total that did not grow is told as well: a series of nothing but zeros is there
  else (series as SumSeries).add((difference(now, last) as number | undefined) ?? 0);
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((bound, index) => bound === b[index]);
}
