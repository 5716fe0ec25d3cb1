import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import {
  type CollectedStore,
  type MetricStore,
  metricStore,
  type ScopedInstruments,
} from '@otel-monitor/bound-metrics';
import { ownCost, report } from '@otel-monitor/runtime';
import type { Ending, WorkerLink, WorkerListener } from '../channels/links.js';
import { type FromWorker, type ToldPart, UNANSWERED } from '../wire/message.js';
import { type GatheredGaps, Gathering } from './gathering.js';
import { type JoinableHealth, joinedHealth, SILENT_MILLIS } from './joined-health.js';
import type { KnownWorker } from './known-worker.js';
import { MergedMetrics } from './merged-metrics.js';
import { Roster } from './roster.js';

const BYE: Ending = { isFailure: false, text: 'has ended its monitoring' };

export interface WorkersOptions {
  /** How long a collection waits for workers, in milliseconds; default 1000. */
  readonly deadlineMillis?: number;
  /** What the SDK's reader of this process collects; default: nothing. Never waited for longer than it takes. */
  readonly collectSdk?: (() => Promise<readonly ScopeMetrics[]>) | undefined;
  /** The store of this process; default: the one there is. */
  readonly store?: MetricStore;
  /** Milliseconds of a clock that does not go back; for tests. */
  readonly now?: () => number;
}

/** The workers of this process, as `status` shows them. */
export interface WorkersStatus {
  /** Workers that are there and are asked. */
  readonly present: number;
  /** Of them, those that have not answered in time: what is shown of them is what they said last. */
  readonly missing: number;
  /** Workers that are no more, since the start. */
  readonly departed: number;
  /** Workers that were not taken because there were 256 already. */
  readonly refused: number;
  /** Series that were left out because their histograms have other boundaries than the first one. */
  readonly unmergeable: number;
}

/**
 * A process and its workers as one: their metrics as one store, their health as one report. Until the first worker makes
 * itself known it is the process's own store, and costs nothing.
 */
export class Workers implements WorkerListener, CollectedStore {
  readonly #store: MetricStore;
  readonly #deadlineMillis: number;
  readonly #collectSdk: NonNullable<WorkersOptions['collectSdk']>;
  readonly #roster: Roster;
  /** Another one for each start, so that a worker tells all it has to one that knows nothing. */
  readonly #epoch = `${process.pid}.${Date.now()}.${Math.random()}`;
  readonly #gathering: Gathering;
  #merged: MergedMetrics | undefined;
  #collecting: Promise<void> | undefined;

  constructor({ deadlineMillis = 1000, collectSdk, store = metricStore, now }: WorkersOptions = {}) {
    this.#store = store;
    this.#deadlineMillis = deadlineMillis;
    this.#collectSdk = collectSdk ?? (async () => []);
    this.#roster = new Roster(now ?? (() => performance.now()));
    this.#gathering = new Gathering(this.#epoch, deadlineMillis);
  }

  /** Whether a worker was ever there: then `scopes` holds everything, what the SDK collects included. */
  get areThere(): boolean {
    return this.#merged !== undefined;
  }

  /** The series of all, as they were last collected. */
  get scopes(): Iterable<ScopedInstruments> {
    return this.#merged === undefined ? this.#store.scopes : this.#merged.scopes();
  }

  /** Takes in what this process itself has recorded since, without the SDK's instruments and without asking anybody. */
  observe(): void {
    if (this.#merged === undefined) this.#store.observe();
    else this.#merged.takeOwnNow();
  }

  /** About what the sums hold, in bytes. */
  get memoryBytes(): number {
    return this.#merged?.memoryBytes ?? 0;
  }

  /**
   * Takes in what all have recorded since. Resolves within the deadline: whoever has not answered by then is missing, and
   * is shown as last known, which is told. Who asks while a collection is under way gets that one. Does nothing without
   * workers. Never rejects.
   */
  async collect(): Promise<void> {
    await this.look();
    this.#tellMissing();
  }

  /**
   * The same where nobody is shown what comes of it, as for the first word of who has just joined: that one is busy, as with a
   * start that takes longer than a page waits, is told when a page is without it.
   */
  look(): Promise<void> {
    this.#collecting ??= this.#collect()
      .catch(() => report('cluster-collect', 'the metrics of this process could not be added to those of its workers'))
      .finally(() => {
        this.#collecting = undefined;
      });
    return this.#collecting;
  }

  /**
   * Asks for what workers keep beside metrics, and gives it to `take` part by part: of each worker all, or nothing. Resolves
   * when all have told, or have said nothing for the deadline, which is told. Rejects with what `take` throws.
   */
  gather(take: (part: ToldPart) => unknown): Promise<GatheredGaps> {
    return this.#gathering.gather(() => this.#roster.all, take);
  }

  /** The report on this process, with that on its workers as they last said. */
  health<H extends JoinableHealth>(own: H): H {
    if (this.#merged === undefined) return own;
    const workers = this.#roster.all.sort((a, b) => (a.id < b.id ? -1 : 1));
    return joinedHealth(own, workers, this.#roster.departures.failed);
  }

  /** Whether work finds somebody to do it: where there are forked workers, one of them that has answered lately. */
  get isReady(): boolean {
    return this.#someProcess(({ health, owedMillis }) => health?.isReady === true && owedMillis <= SILENT_MILLIS);
  }

  /** Whether the start of a forked worker is over, where there are any. */
  get isStarted(): boolean {
    return this.#someProcess(({ health }) => health?.isStarted === true);
  }

  /** Undefined where there never was a worker. */
  status(): WorkersStatus | undefined {
    if (this.#merged === undefined) return undefined;
    const { all, size: present, refused, departures } = this.#roster;
    const missing = all.filter(({ isMissing }) => isMissing).length;
    return { present, missing, departed: departures.count, refused, unmergeable: this.#merged.unmergeableSeries };
  }

  heard(link: WorkerLink, message: FromWorker): void {
    if (message.kind === 'hello') {
      this.#join(link, message);
      return;
    }
    const worker = this.#roster.get(link);
    if (worker === undefined) return;
    if (message.kind === 'bye') this.ended(link, BYE);
    else if (message.kind === 'kept' || message.kind === 'told') {
      if (message.epoch === this.#epoch) this.#gathering.heard(worker, message);
    } else if (message.epoch !== this.#epoch && !(message.epoch === UNANSWERED && !worker.hasAnswered)) return;
    else if (message.kind === 'part') ownCost.time(() => worker.take(message));
    else worker.done(message);
  }

  ended(link: WorkerLink, ending: Ending): void {
    const worker = this.#roster.leave(link, ending);
    if (worker === undefined) return;
    this.#gathering.ended(worker);
    this.#merged?.leave(worker.contribution);
  }

  #join(link: WorkerLink, hello: Extract<FromWorker, { kind: 'hello' }>): void {
    const known = this.#roster.get(link);
    if (known?.session !== hello.session) {
      // it has begun its monitoring anew
      if (known !== undefined) this.ended(link, BYE);
      this.#merged ??= new MergedMetrics(this.#store);
      const merged = this.#merged;
      if (!this.#roster.join(link, hello, () => merged.join(hello.id))) return;
    }
    link.send({ kind: 'welcome', epoch: this.#epoch });
  }

  async #collect(): Promise<void> {
    const merged = this.#merged;
    if (merged === undefined) return;
    const workers = this.#roster.all;
    const answers = Promise.all(workers.map((worker) => worker.ask(this.#epoch)));
    await merged.takeOwn(await this.#collectSdk());
    await this.#untilDeadline(answers);
    for (const worker of workers) if (worker.askedAt !== undefined) worker.isMissing = true;
  }

  #tellMissing(): void {
    const processes = this.#roster.all.filter(({ isMissing, isThread }) => isMissing && !isThread);
    if (processes.length === 0) return;
    const ids = processes.map(({ id }) => id).join(', ');
    report('cluster-missing', `no answer from worker ${ids} in time: the page has what was last known of it`);
  }

  /** Does not keep the process alive. */
  #untilDeadline(answers: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#deadlineMillis).unref();
      void answers.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Of the processes alone: what threads do is work of the process that has begun them. */
  #someProcess(is: (worker: KnownWorker) => boolean): boolean {
    const processes = this.#roster.all.filter(({ isThread }) => !isThread);
    return processes.length === 0 || processes.some(is);
  }
}
