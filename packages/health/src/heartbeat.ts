import { HEALTHY, type Verdict } from './verdict.js';

/** A beat later than this many intervals is late. */
const LATE = 1.5;
/** A beat later than this many intervals is missed. */
const MISSED = 3;

/** When a component has said last that it is alive. Time is monotonic, so that a clock that is set raises no alarm. */
export class Heartbeat {
  #lastMillis = performance.now();

  constructor(readonly everySeconds: number) {}

  beat(): void {
    this.#lastMillis = performance.now();
  }

  get ageSeconds(): number {
    return Math.max(0, performance.now() - this.#lastMillis) / 1000;
  }

  /** Healthy up to 1.5 intervals, degraded up to 3, then unhealthy for as long as no beat comes. */
  get verdict(): Verdict {
    const { ageSeconds, everySeconds } = this;
    if (ageSeconds <= LATE * everySeconds) return HEALTHY;
    const message = `no heartbeat for ${Math.floor(ageSeconds)} s, expected every ${everySeconds} s`;
    return { state: ageSeconds <= MISSED * everySeconds ? 'degraded' : 'unhealthy', message };
  }
}
