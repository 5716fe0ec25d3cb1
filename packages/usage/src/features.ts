import {
  type BoundHistogram,
  type BoundSum,
  type HistogramSeries,
  metricStore,
  SeriesByErrorType,
} from '@otel-monitor/bound-metrics';
import { cleanName, type Scope } from '@otel-monitor/runtime';
import { ATTR_FEATURE_ACTION, ATTR_FEATURE_NAME, FEATURE_DURATION, FEATURE_USES } from '@otel-monitor/semconv';
import { usageCenter } from './book/usage-center.js';
import { readFeatureUse } from './feature-use.js';
import { flagStore } from './flags/flag-store.js';
import { KeptByName } from './kept-by-name.js';

const DEFAULT_ACTION = 'used';

/** The features of one scope. */
export class Features {
  readonly #uses: BoundSum;
  readonly #durations: BoundHistogram;
  readonly #actions = new KeptByName((name: unknown, action: unknown) => this.#bind(name, action));

  constructor(scope: Scope) {
    const instruments = metricStore.scope(scope);
    this.#uses = instruments.sum(FEATURE_USES);
    this.#durations = instruments.histogram(FEATURE_DURATION);
  }

  track(name: unknown, action: unknown, use: unknown): void {
    const known = this.#actions.get(name, action ?? DEFAULT_ACTION);
    const { errorType, durationSeconds, userId, variants } = readFeatureUse(use);
    known.uses.get(errorType).add(1);
    // what is no measurement is refused, and counted, by the series itself
    if (durationSeconds !== undefined) known.duration().record(durationSeconds as number);
    known.days.count(errorType !== undefined, durationSeconds, userId);
    flagStore.used(known.feature, errorType !== undefined, userId, variants);
  }

  #bind(name: unknown, action: unknown) {
    const feature = cleanName(name);
    const cleanAction = action === '' ? DEFAULT_ACTION : cleanName(action);
    const attributes = { [ATTR_FEATURE_NAME]: feature, [ATTR_FEATURE_ACTION]: cleanAction };
    let duration: HistogramSeries | undefined;
    return {
      feature,
      uses: new SeriesByErrorType(this.#uses, attributes),
      // most features are tracked without a duration: a histogram is bound when the first one comes
      duration: () => {
        duration ??= this.#durations.bind(attributes);
        return duration;
      },
      days: usageCenter().book.action(feature, cleanAction),
    };
  }
}
