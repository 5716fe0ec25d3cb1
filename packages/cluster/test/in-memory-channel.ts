import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { MetricStore } from '@otel-monitor/bound-metrics';
import type { ToldState } from '@otel-monitor/runtime';
import { envelope, type PrimaryListener, type WorkerLink } from '../src/channels/links.js';
import { Workers } from '../src/primary/workers.js';
import type { FromWorker, WireHealth } from '../src/wire/message.js';
import { readFromPrimary, readFromWorker } from '../src/wire/read-message.js';
import { Member } from '../src/worker/member.js';

export const WELL: WireHealth = { status: 'healthy', isReady: true, isStarted: true, components: [] };

/** A worker whose messages travel as JSON, as between processes. */
export interface MadeWorker {
  /** Who hears what it says. */
  primary: Workers;
  readonly store: MetricStore;
  readonly member: Member;
  readonly link: WorkerLink;
  /** What it has said. */
  readonly said: FromWorker[];
  /** False: what is sent to it waits. */
  isAwake: boolean;
  health: WireHealth;
  sdk: readonly ScopeMetrics[];
  /** What it keeps beside metrics. */
  states: readonly ToldState[] | undefined;
  /** Its own workers. */
  readonly threads: Workers;
  /** Takes what waited. */
  wake(): void;
  end(isFailure?: boolean, text?: string): void;
}

export function joinWorker(workers: Workers, id: string, store: MetricStore = new MetricStore()): MadeWorker {
  let listener: PrimaryListener | undefined;
  const waiting: unknown[] = [];
  const hear = (message: unknown) => {
    const read = readFromPrimary(message);
    if (read !== undefined) listener?.heard(read);
  };
  const link: WorkerLink = {
    send: (message) => {
      const travelled: unknown = JSON.parse(JSON.stringify(envelope(message)));
      if (made.isAwake) queueMicrotask(() => hear(travelled));
      else waiting.push(travelled);
    },
  };
  const made: Omit<MadeWorker, 'member'> & { member?: Member } = {
    primary: workers,
    store,
    link,
    said: [],
    isAwake: true,
    health: WELL,
    sdk: [],
    states: [],
    threads: new Workers({ store, deadlineMillis: 50 }),
    wake: () => {
      made.isAwake = true;
      for (const message of waiting.splice(0)) hear(message);
    },
    end: (isFailure = false, text = 'exited with 0') => made.primary.ended(link, { isFailure, text }),
  };
  made.member = new Member(
    id,
    {
      store,
      collect: async () => {
        store.observe();
        return made.sdk;
      },
      health: async () => made.health,
      latestHealth: () => made.health,
      states: () => made.states,
      gather: (take) => made.threads.gather(take),
    },
    (given) => {
      listener = given;
      return {
        send: (message) => {
          const travelled = readFromWorker(JSON.parse(JSON.stringify(envelope(message))));
          if (travelled === undefined) throw new Error(`out of form: ${JSON.stringify(message)}`);
          made.said.push(travelled);
          made.primary.heard(link, travelled);
        },
        sent: () => Promise.resolve(),
        close: () => {},
      };
    },
  );
  return made as MadeWorker;
}
