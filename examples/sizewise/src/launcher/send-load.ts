import { setTimeout as delay } from 'node:timers/promises';
import { type ExampleRequest, exampleRequest } from './example-requests.js';

/** A load on the gateway. */
export interface Load {
  readonly url: string;
  /** The first request's number and how many are sent. */
  readonly from: number;
  readonly count: number;
  /** Requests under way at the same time. */
  readonly concurrency: number;
  /** Pause of each sender between two requests, in milliseconds. */
  readonly pauseMillis: number;
  readonly signal: AbortSignal;
  /** Is told how many have been answered, after each. */
  readonly onProgress?: (answered: number) => void;
}

/** How often each kind of request got each outcome: a status with the code of a failure, or `hung up`. */
export type Outcomes = Map<string, Map<string, number>>;

const TIMEOUT_MILLIS = 15_000;

/** Sends the requests and counts what comes back; ends early when the signal is aborted. Never throws. */
export async function sendLoad(load: Load): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  let sent = 0;
  let answered = 0;
  const sender = async () => {
    while (sent < load.count && !load.signal.aborted) {
      const request = exampleRequest(load.from + sent);
      sent += 1;
      const outcome = await send(load.url, request, load.signal);
      if (load.signal.aborted) return;
      count(outcomes, request.kind, outcome);
      answered += 1;
      load.onProgress?.(answered);
      await delay(load.pauseMillis, undefined, { signal: load.signal }).catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, sender));
  return outcomes;
}

async function send(url: string, request: ExampleRequest, signal: AbortSignal): Promise<string> {
  const hangUp = AbortSignal.timeout(request.hangUpMillis ?? TIMEOUT_MILLIS);
  try {
    const response = await fetch(`${url}${request.path}`, {
      method: request.method,
      signal: AbortSignal.any([signal, hangUp]),
      headers: { 'content-type': 'application/json', 'x-user-id': 'planner-7' },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const answer = (await response.json()) as { error?: { code?: string } };
    return answer.error?.code === undefined ? String(response.status) : `${response.status} ${answer.error.code}`;
  } catch (error) {
    if (request.hangUpMillis !== undefined && hangUp.aborted) return 'hung up';
    return hangUp.aborted ? 'no answer' : `no answer (${error instanceof Error ? error.name : typeof error})`;
  }
}

function count(outcomes: Outcomes, kind: string, outcome: string): void {
  const known = outcomes.get(kind) ?? new Map<string, number>();
  outcomes.set(kind, known.set(outcome, (known.get(outcome) ?? 0) + 1));
}

/** Both as a table for a person: most frequent kinds first. */
export function outcomeLines(outcomes: Outcomes): string[] {
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, each) => sum + each, 0);
  const rows = [...outcomes].sort(([, a], [, b]) => total(b) - total(a));
  const width = Math.max(...rows.map(([kind]) => kind.length));
  return rows.map(([kind, counts]) => {
    const said = [...counts].sort(([, a], [, b]) => b - a).map(([outcome, times]) => `${times} x ${outcome}`);
    return `${kind.padEnd(width)}  ${said.join(', ')}`;
  });
}
