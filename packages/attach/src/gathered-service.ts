import { entriesOf, type GatheredGaps, type Workers } from '@otel-monitor/cluster';
import type { MonitoringConfig } from '@otel-monitor/config';
import { GatheredErrors, toldErrors } from '@otel-monitor/errors';
import { type GatheredState, ownCost, type StateEntry, type ToldState } from '@otel-monitor/runtime';
import type { GatheredPages } from '@otel-monitor/server';
import { GatheredUsage, toldUsage } from '@otel-monitor/usage';
import { stateStatus } from './kept-state.js';

/** Whoever asks again so soon gets the same answer. */
const KEPT_MILLIS = 1000;
/** Then other work of the process has its turn. */
const SLICE_MILLIS = 1;
/** Entries that are added at a time: a tenth of a millisecond or two. */
const AT_A_TIME = 8;
const PRIMARY = 'primary';

/**
 * What this process tells of its errors and usage, as far as the configuration wants them recorded; undefined where another
 * process has taken over its files while it stood still, and tells what was in them.
 */
export function toldStates({ errorTracking, usage }: MonitoringConfig): readonly ToldState[] | undefined {
  if (stateStatus().state === 'lost') return undefined;
  return [...(errorTracking.enabled ? toldErrors() : []), ...(usage.enabled ? toldUsage() : [])];
}

/** The errors and the usage of a process and its workers as one, gathered when somebody asks. */
export class GatheredService {
  #kept: Promise<GatheredPages> | undefined;

  constructor(
    private readonly workers: Workers,
    private readonly told: () => readonly ToldState[] | undefined,
  ) {}

  /** Undefined where there is no worker. Who asks while it is gathered, or a second later, gets the same. */
  async read(): Promise<GatheredPages | undefined> {
    if (!this.workers.areThere) return undefined;
    if (this.#kept === undefined) {
      const gathering = this.#gather();
      this.#kept = gathering;
      const forget = () => {
        this.#kept = undefined;
      };
      gathering.then(() => setTimeout(forget, KEPT_MILLIS).unref(), forget);
    }
    return this.#kept;
  }

  async #gather(): Promise<GatheredPages> {
    const errors = new GatheredErrors();
    const usage = new GatheredUsage();
    const states = new Map<string, GatheredState>();
    for (const state of [...errors.states, ...usage.states]) states.set(state.name, state);
    const ofWorkers = this.workers.gather((part) => {
      states.get(part.state)?.restore(entriesOf(part), part.stateVersion);
    });
    // both are under way at once, and what one of them fails with is not lost
    const [own, gaps] = await Promise.all([this.#addOwn(states), ofWorkers]);
    errors.settle();
    return { errors: errors.query, usage: usage.query, workers: withOwn(gaps, own) };
  }

  /** Whether this process has something to tell. */
  async #addOwn(states: ReadonlyMap<string, GatheredState>): Promise<boolean> {
    const told = this.told();
    for (const state of told ?? []) {
      const into = states.get(state.name);
      const left = state.entries(false)[Symbol.iterator]();
      let isDone = into === undefined;
      while (!isDone) {
        isDone = ownCost.time(() => addSome(left, (some) => into?.restore(some, state.version)));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return told !== undefined;
  }
}

/** Whether that was all. */
function addSome(left: Iterator<StateEntry>, add: (some: StateEntry[]) => void): boolean {
  const end = performance.now() + SLICE_MILLIS;
  do {
    const some: StateEntry[] = [];
    for (let next = left.next(); !next.done; next = left.next()) {
      some.push(next.value);
      if (some.length === AT_A_TIME) break;
    }
    if (some.length > 0) add(some);
    if (some.length < AT_A_TIME) return true;
  } while (performance.now() < end);
  return false;
}

function withOwn(gaps: GatheredGaps, hasOwn: boolean): GatheredGaps {
  return hasOwn ? gaps : { ...gaps, missing: [PRIMARY, ...gaps.missing] };
}
