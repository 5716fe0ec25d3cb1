import { type Context, createContextKey, type Span } from '@opentelemetry/api';
import { SPAN_KEY } from '@otel-monitor/operations';

/** Set where a request is recorded already: what a client is made of must not record it again. */
const RECORDED_KEY = createContextKey('otel-monitor.http.client-request');

/** The context that a request is sent in: its caller's, with its span over it. */
export class CallContext implements Context {
  constructor(
    private readonly base: Context,
    private readonly span: Span,
  ) {}

  getValue(key: symbol): unknown {
    if (key === SPAN_KEY) return this.span;
    return key === RECORDED_KEY ? true : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#copy().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#copy().deleteValue(key);
  }

  #copy(): Context {
    return this.base.setValue(SPAN_KEY, this.span).setValue(RECORDED_KEY, true);
  }
}

/** Whether a client further out records the request that is being sent in `given`. */
export function isRecorded(given: Context): boolean {
  return given.getValue(RECORDED_KEY) === true;
}
