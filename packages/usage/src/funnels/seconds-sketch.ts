import { DurationSketch } from '../sketch/duration-sketch.js';

/** What is told of many durations, in seconds. */
export interface DurationSummary {
  readonly count: number;
  /** Exact. */
  readonly mean: number;
  /** Within 5 % of the truth, like `p95`. */
  readonly p50: number;
  readonly p95: number;
}

/** As JSON holds it: the sum, then the sketch. */
export type SketchValue = readonly number[];

/** Durations with their number, their sum and their quantiles. */
export class SecondsSketch {
  #sum = 0;
  #count = 0;
  readonly #sketch = new DurationSketch();

  get count(): number {
    return this.#count;
  }

  /** @param seconds not negative and finite; anything else counts as 0 */
  record(seconds: number): void {
    const value = seconds > 0 && seconds < Number.POSITIVE_INFINITY ? seconds : 0;
    this.#sum += value;
    this.#count += 1;
    this.#sketch.add(value);
  }

  /** Adds a sketch, that of another copy of this package too. */
  merge(other: SecondsSketch): void {
    this.#add(other.toValue());
  }

  /** Undefined while nothing was recorded. */
  summary(): DurationSummary | undefined {
    if (this.#count === 0) return undefined;
    const quantile = (share: number) => this.#sketch.quantile(share) ?? 0;
    return { count: this.#count, mean: this.#sum / this.#count, p50: quantile(0.5), p95: quantile(0.95) };
  }

  toValue(): SketchValue {
    // what is kept need not have sixteen digits
    return this.#count === 0 ? [] : [Number(this.#sum.toPrecision(12)), ...this.#sketch.toJSON()];
  }

  /** Undefined when it is not a value that a sketch has given. */
  static fromValue(value: unknown): SecondsSketch | undefined {
    if (!Array.isArray(value)) return undefined;
    const [sum = 0, ...buckets] = value as unknown[];
    if (typeof sum !== 'number' || !(sum >= 0) || sum === Number.POSITIVE_INFINITY) return undefined;
    if (value.length > 0 && (buckets.length < 2 || DurationSketch.of(buckets) === undefined)) return undefined;
    const sketch = new SecondsSketch();
    sketch.#add(value as SketchValue);
    return sketch;
  }

  #add([sum = 0, ...buckets]: SketchValue): void {
    const sketch = DurationSketch.of(buckets);
    if (sketch === undefined || buckets.length === 0) return;
    this.#sum += sum;
    this.#count += buckets.slice(1).reduce((all, count) => all + count, 0);
    this.#sketch.merge(sketch);
  }
}
