import { setTimeout as delay } from 'node:timers/promises';
import { servicesOf, type Trace, type TraceStore } from '../trace/trace-store.js';
import { traceTrees } from '../trace/trace-tree.js';
import type { Service } from './service.js';

/** What a trace must show to be the one that is looked for. */
export interface Wanted {
  /** Names of the services that it must have gone through. */
  readonly services: readonly string[];
}

const POLL_MILLIS = 100;

/**
 * The latest trace that is whole, has no failed span and went through all services; waits for one until the deadline.
 * Undefined when none has come.
 */
export async function findWholeTrace(
  store: TraceStore,
  { services }: Wanted,
  timeoutMillis: number,
  signal: AbortSignal,
): Promise<Trace | undefined> {
  const fits = (trace: Trace) =>
    services.every((name) => servicesOf(trace).has(name)) &&
    trace.spans.every(({ isFailed }) => !isFailed) &&
    isWhole(trace);
  for (const deadline = performance.now() + timeoutMillis; ; ) {
    const found = store.latest(fits);
    if (found !== undefined || performance.now() > deadline || signal.aborted) return found;
    await delay(POLL_MILLIS, undefined, { signal }).catch(() => {});
  }
}

/** Of the traces that failed somewhere, the one that went furthest. */
export function findFailedTrace(store: TraceStore): Trace | undefined {
  return store.widest((trace) => trace.spans.some(({ isFailed }) => isFailed) && isWhole(trace));
}

/** Whether every span but one has its parent here. */
function isWhole({ spans }: Trace): boolean {
  const trees = traceTrees(spans);
  return trees.length === 1 && trees[0]!.span.parentSpanId === undefined;
}

/** Restarts a service as a deployment does, while requests go on. */
export async function restart(service: Service, downMillis: number, signal: AbortSignal): Promise<void> {
  await service.end();
  await delay(downMillis, undefined, { signal }).catch(() => {});
  if (!signal.aborted) await service.start();
}
