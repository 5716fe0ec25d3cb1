import {
  type HistogramSeries,
  metricStore,
  type ScopedInstruments,
  type ValueSeries,
} from '@otel-monitor/bound-metrics';
import { runtimeState, type Scope } from '@otel-monitor/runtime';
import {
  ATTR_COMPONENT_NAME,
  ATTR_COMPONENT_STATE,
  ATTR_ERROR_TYPE,
  COMPONENT_CHECK_DURATION,
  COMPONENT_HEARTBEAT_AGE,
  COMPONENT_RESTARTS,
  COMPONENT_STATES,
  COMPONENT_STATUS,
  type ComponentState,
} from '@otel-monitor/semconv';

/** The series of one component. Bound when first needed: a component that never beats has no age. */
export class ComponentMetrics {
  readonly #instruments: ScopedInstruments;
  readonly #states: readonly (readonly [ComponentState, ValueSeries])[];
  #age: ValueSeries | undefined;
  #duration: HistogramSeries | undefined;

  constructor(
    scope: Scope,
    private readonly name: string,
  ) {
    this.#instruments = metricStore.scope(scope);
    const status = this.#instruments.value(COMPONENT_STATUS);
    this.#states = COMPONENT_STATES.map((state) => [
      state,
      status.bind({ [ATTR_COMPONENT_NAME]: name, [ATTR_COMPONENT_STATE]: state }),
    ]);
  }

  status(present: ComponentState): void {
    if (!runtimeState.enabled) return;
    for (const [state, series] of this.#states) series.set(state === present ? 1 : 0);
  }

  heartbeatAge(seconds: number): void {
    if (!runtimeState.enabled) return;
    this.#age ??= this.#instruments.value(COMPONENT_HEARTBEAT_AGE).bind({ [ATTR_COMPONENT_NAME]: this.name });
    this.#age.set(seconds);
  }

  checked(seconds: number, errorType: string | undefined): void {
    if (!runtimeState.enabled) return;
    const durations = this.#instruments.histogram(COMPONENT_CHECK_DURATION);
    const attributes = { [ATTR_COMPONENT_NAME]: this.name };
    if (errorType !== undefined) {
      durations.bind({ ...attributes, [ATTR_ERROR_TYPE]: errorType }).record(seconds);
      return;
    }
    this.#duration ??= durations.bind(attributes);
    this.#duration.record(seconds);
  }

  restarted(errorType: string | undefined): void {
    if (!runtimeState.enabled) return;
    const failure = errorType === undefined ? {} : { [ATTR_ERROR_TYPE]: errorType };
    this.#instruments
      .sum(COMPONENT_RESTARTS)
      .bind({ [ATTR_COMPONENT_NAME]: this.name, ...failure })
      .add(1);
  }

  /** Stops giving out what is true of a component only while it is there; what was counted stays. */
  remove(): void {
    for (const [, series] of this.#states) series.reset();
    this.#age?.reset();
  }
}
