import type { Attributes } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';

/** An instrument, as far as it is needed here. */
interface Bindable<S> {
  bind(attributes: Attributes): S;
}

/**
 * The series of one thing that can fail: one for its successes, and one for each `error.type` it failed with. Each is
 * bound when it is first recorded on: a series that is never used must not count against the cap. Error types are bounded
 * in the process (`errorType` of the package runtime), and so is what is kept here.
 */
export class SeriesByErrorType<S> {
  #succeeded: S | undefined;
  #failed: Map<string, S> | undefined;

  constructor(
    private readonly instrument: Bindable<S>,
    private readonly attributes: Attributes,
  ) {}

  /** @param errorType undefined: it did not fail */
  get(errorType: string | undefined): S {
    if (errorType === undefined) {
      this.#succeeded ??= this.instrument.bind(this.attributes);
      return this.#succeeded;
    }
    this.#failed ??= new Map();
    let series = this.#failed.get(errorType);
    if (series === undefined) {
      series = this.instrument.bind({ ...this.attributes, [ATTR_ERROR_TYPE]: errorType });
      this.#failed.set(errorType, series);
    }
    return series;
  }
}
