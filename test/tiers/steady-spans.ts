import { setTimeout as delay } from 'node:timers/promises';
import { newSpanId, newTraceId, type PlannedSpan, traceRequest } from './trace-request.js';

export interface SteadySpans {
  /** Ids of the spans in requests that were answered with 200. */
  readonly accepted: ReadonlySet<string>;
  /** Answers that were not 200, and connections that came to nothing: each was tried again. */
  readonly refused: number;
  /** Resolves when the time is over and every request has been accepted. */
  readonly done: Promise<void>;
  /** Begins no further request, and waits until those that were begun have been accepted. */
  end(): Promise<void>;
}

const SPANS_A_TRACE = 5;
const REQUESTS_A_SECOND = 10;
const RETRY_MILLIS = 250;

/**
 * Sends traces of five spans at a steady rate, ten requests a second, for `seconds` or until it is ended, as a program with an SDK does: what is refused, or not
 * answered, is sent again until it is accepted.
 */
export function sendSteadily(url: string, perSecond: number, seconds: number): SteadySpans {
  const accepted = new Set<string>();
  const state = { refused: 0, isEnding: false };
  const sendUntilAccepted = async (spans: readonly PlannedSpan[]) => {
    const body = traceRequest('steady', spans);
    for (;;) {
      if (await isAccepted(url, body)) break;
      state.refused += 1;
      await delay(RETRY_MILLIS);
    }
    for (const { spanId } of spans) accepted.add(spanId);
  };
  const run = async () => {
    const sending: Promise<void>[] = [];
    const begun = performance.now();
    for (let request = 0; request < seconds * REQUESTS_A_SECOND && !state.isEnding; request += 1) {
      const dueMillis = begun + (request * 1000) / REQUESTS_A_SECOND - performance.now();
      if (dueMillis > 0) await delay(dueMillis);
      sending.push(sendUntilAccepted(traces(perSecond / REQUESTS_A_SECOND)));
    }
    await Promise.all(sending);
  };
  const done = run();
  return {
    accepted,
    get refused() {
      return state.refused;
    },
    done,
    end: () => {
      state.isEnding = true;
      return done;
    },
  };
}

async function isAccepted(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(60_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function traces(spans: number): PlannedSpan[] {
  const planned: PlannedSpan[] = [];
  while (planned.length < spans) {
    const traceId = newTraceId();
    const root = newSpanId();
    planned.push({ traceId, spanId: root, name: 'root' });
    for (let child = 1; child < SPANS_A_TRACE && planned.length < spans; child += 1) {
      planned.push({ traceId, spanId: newSpanId(), parentSpanId: root, name: 'child' });
    }
  }
  return planned;
}
