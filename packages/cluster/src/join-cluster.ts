import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import { report, type ToldState } from '@otel-monitor/runtime';
import { listenToForks } from './channels/forked-workers.js';
import { linkToPrimary } from './channels/forking-primary.js';
import type { WorkerListener } from './channels/links.js';
import { linkToMainThread } from './channels/main-thread.js';
import { ownPlace, type Place } from './channels/place.js';
import { listenToThreads } from './channels/threads.js';
import type { JoinableHealth } from './primary/joined-health.js';
import { Workers } from './primary/workers.js';
import { afterRunning } from './running-time.js';
import type { WireHealth } from './wire/message.js';
import { Member } from './worker/member.js';

/** A primary that is there answers within milliseconds; one whose event loop stands still at its start, later. */
const GATHER_MILLIS = 2000;
/** What is said then is for whoever wonders, and nothing waits for it. */
const ALONE_MILLIS = 5000;
/** From the word of a worker that it is there until it is asked how it is; many come at once. */
const FIRST_ASK_MILLIS = 20;
/** Of the deadline of the primary, for the threads of a worker. */
const SHARE_OF_THREADS = 0.5;

/** How the process itself is; `health` of a monitor is one. */
export interface OwnHealth {
  report(): Promise<JoinableHealth>;
  latest(): JoinableHealth;
  isReady(): boolean;
  isStarted(): boolean;
}

export interface ClusterOptions {
  /** False: nobody is listened to, and nobody is told; default true. */
  readonly isEnabled?: boolean;
  /** How long a page waits for workers, in milliseconds; default 1000. */
  readonly deadlineMillis?: number;
  /** What the SDK's reader of this process collects; default: nothing. */
  readonly collectSdk?: (() => Promise<readonly ScopeMetrics[]>) | undefined;
  readonly health: OwnHealth;
  /**
   * What this process tells its primary beside metrics, asked for anew each time; undefined: what it has would count twice, so
   * that it is missing. Default: nothing.
   */
  readonly states?: (() => readonly ToldState[] | undefined) | undefined;
}

/** A process, or a thread, among those that are one service. */
export interface ClusterMembership {
  readonly place: Place;
  /** Those that this process has begun, and it with them. */
  readonly workers: Workers;
  /** Whether a primary has answered; false in a primary. */
  readonly isGathered: boolean;
  /** The same once it is known: within 2 s in which the event loop runs. */
  whetherGathered(): Promise<boolean>;
  /** Tells the primary what is left. Never rejects. */
  flush(): Promise<void>;
  /** The same at once, for the end of the process. Never throws. */
  tellLast(): void;
  /** Tells the primary what is left, and leaves. */
  stop(): void;
}

/** Makes this process known to its primary, and takes in those that make themselves known to it. Keeps nothing alive. */
export function joinCluster(options: ClusterOptions): ClusterMembership {
  const { isEnabled = true, deadlineMillis = 1000, collectSdk = async () => [], health, states = () => [] } = options;
  const place = ownPlace();
  const isPrimary = place.kind === 'primary';
  const workers = new Workers({
    deadlineMillis: isPrimary ? deadlineMillis : deadlineMillis * SHARE_OF_THREADS,
    collectSdk,
  });
  const stops: (() => void)[] = [];
  if (isEnabled && isPrimary) stops.push(listenToForks(askedAtOnce(workers)));
  if (isEnabled && place.kind !== 'thread') stops.push(listenToThreads(askedAtOnce(workers)));
  const member = isEnabled ? memberAt(place, workers, collectSdk, health, states) : undefined;
  if (member !== undefined) stops.push(tellAtExit(member, place));
  if (member !== undefined && place.kind === 'process') stops.push(sayWhenAlone(member));
  return {
    place,
    workers,
    get isGathered() {
      return member?.isGathered ?? false;
    },
    whetherGathered: async () => {
      if (member === undefined) return false;
      await withinMillis(member.gathered, GATHER_MILLIS);
      return member.isGathered;
    },
    flush: async () => member?.flush(),
    tellLast: () => member?.tellLast(),
    stop: () => {
      for (const stop of stops) stop();
      member?.leave();
    },
  };
}

/** A worker that has joined is asked soon: until it has answered, nobody knows that it is ready. */
function askedAtOnce(workers: Workers): WorkerListener {
  let timer: NodeJS.Timeout | undefined;
  return {
    heard: (link, message) => {
      workers.heard(link, message);
      if (message.kind !== 'hello' || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void workers.look();
      }, FIRST_ASK_MILLIS).unref();
    },
    ended: (link, ending) => workers.ended(link, ending),
  };
}

function memberAt(
  { kind, workerId: id }: Place,
  workers: Workers,
  collectSdk: () => Promise<readonly ScopeMetrics[]>,
  health: OwnHealth,
  states: () => readonly ToldState[] | undefined,
): Member | undefined {
  if (id === undefined) return undefined;
  const said = (joined: JoinableHealth): WireHealth => ({
    status: joined.status,
    components: joined.components,
    isReady: health.isReady() && workers.isReady,
    isStarted: health.isStarted() && workers.isStarted,
  });
  return new Member(
    id,
    {
      store: workers,
      collect: async () => {
        if (workers.areThere) {
          await workers.collect();
          return [];
        }
        metricStore.observe();
        return collectSdk();
      },
      health: async () => said(workers.health(await health.report())),
      latestHealth: () => said(workers.health(health.latest())),
      states,
      gather: (take) => workers.gather(take),
    },
    (listener) => (kind === 'thread' ? linkToMainThread(id, listener) : linkToPrimary(listener)),
  );
}

function tellAtExit(member: Member, { kind }: Place): () => void {
  // that a process has ended, and how, is known to its primary; of a thread the last word might come later than the end
  const atExit = () => (kind === 'thread' ? member.leave() : member.tellLast());
  process.on('exit', atExit);
  return () => void process.removeListener('exit', atExit);
}

function sayWhenAlone(member: Member): () => void {
  return afterRunning(ALONE_MILLIS, () => {
    if (member.isGathered) return;
    report(
      'cluster-alone',
      'the primary of this worker of node:cluster is not monitored: its metrics are on no /metrics, unless its own code ' +
        'asks for a server; pushing by OTLP works as always',
    );
  });
}

function withinMillis(work: Promise<void>, millis: number): Promise<void> {
  return new Promise((resolve) => {
    const end = afterRunning(millis, resolve);
    void work.then(() => {
      end();
      resolve();
    });
  });
}
