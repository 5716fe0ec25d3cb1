import { type BoundSum, KeptCombinations, metricStore, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanDimensions, type Scope } from '@otel-monitor/runtime';
import {
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_TYPE,
  ATTR_OPERATION_NAME,
  ERRORS,
  type ErrorSeverity,
} from '@otel-monitor/semconv';

const NO_DIMENSIONS = {};
/** Most places that the kinds of errors (type, severity, operation) and their dimensions are kept in. */
const MAX_PLACES = 5000;

/** `monitor.errors` of one scope. */
export class ErrorCounter {
  readonly #counter: BoundSum;
  readonly #room = { places: MAX_PLACES };
  readonly #counts = new KeptCombinations<KeptCombinations<SumSeries>>(this.#room);

  constructor(scope: Scope) {
    this.#counter = metricStore.scope(scope).sum(ERRORS);
  }

  /** Counts an error. Total on any dimensions. */
  count(errorType: string, severity: ErrorSeverity, operationName: string | undefined, given: unknown): void {
    const kind = { errorType, severity, operationName };
    let counts = this.#counts.get(kind);
    if (counts === undefined) {
      counts = new KeptCombinations(this.#room);
      this.#counts.set(kind, counts);
    }
    const dimensions = typeof given === 'object' && given !== null ? given : NO_DIMENSIONS;
    let series = counts.get(dimensions);
    if (series === undefined) {
      series = this.#counter.bind({
        ...cleanDimensions(dimensions),
        [ATTR_ERROR_TYPE]: errorType,
        [ATTR_ERROR_SEVERITY]: severity,
        ...(operationName === undefined ? {} : { [ATTR_OPERATION_NAME]: operationName }),
      });
      counts.set(dimensions, series);
    }
    series.add(1);
  }
}
