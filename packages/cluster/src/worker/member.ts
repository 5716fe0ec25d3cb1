import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { CollectedStore } from '@otel-monitor/bound-metrics';
import type { ToldState } from '@otel-monitor/runtime';
import type { PrimaryLink, PrimaryListener } from '../channels/links.js';
import { atOnce, inPacedSlices, inSlices } from '../wire/in-slices.js';
import {
  type FromPrimary,
  type Part,
  type ToldGaps,
  type ToldPart,
  UNANSWERED,
  type WireHealth,
} from '../wire/message.js';
import { toldParts } from '../wire/told-parts.js';
import { ChangedSeries } from './changed-series.js';
import { PacedTelling } from './paced-telling.js';

/** Health checks that take longer than this are not waited for. */
const HEALTH_MILLIS = 300;

/** What a worker tells of itself. */
export interface MemberSources {
  /** Its metrics, those of its own workers included. */
  readonly store: CollectedStore;
  /** Sees to it that `store` is of now, and gives what the SDK's reader collects beside it. */
  collect(): Promise<readonly ScopeMetrics[]>;
  /** How it is; the checks that are due are run. */
  health(): Promise<WireHealth>;
  /** How it is, as far as it is known. */
  latestHealth(): WireHealth;
  /** What it keeps beside metrics; undefined: what it has would count twice. */
  states(): readonly ToldState[] | undefined;
  /** The same of its own workers, as they tell it, and what is missing of it. */
  gather(take: (part: ToldPart) => Promise<unknown>): Promise<ToldGaps>;
}

/** A worker's part: it tells its primary what it has recorded whenever it is asked, and what is left at its end. */
export class Member implements PrimaryListener {
  readonly #link: PrimaryLink;
  readonly #session = `${process.pid}.${Date.now()}.${Math.random()}`;
  #changes = newChanges();
  #epoch = UNANSWERED;
  /** One after the other. */
  #answers: Promise<void> = Promise.resolve();
  /** A page of metrics does not wait for those of what is kept. */
  #tellings: Promise<void> = Promise.resolve();
  #telling: PacedTelling | undefined;
  #hasLeft = false;
  #gathered!: () => void;
  /** Resolves when the primary has answered. */
  readonly gathered: Promise<void> = new Promise((resolve) => {
    this.#gathered = resolve;
  });
  isGathered = false;

  constructor(
    private readonly id: string,
    private readonly sources: MemberSources,
    linkTo: (listener: PrimaryListener) => PrimaryLink,
  ) {
    this.#link = linkTo(this);
    this.#hello();
  }

  heard(message: FromPrimary): void {
    if (this.#hasLeft) return;
    if (message.kind === 'who') {
      this.#hello();
      return;
    }
    this.isGathered = true;
    this.#gathered();
    // one that has begun anew knows nothing of what was told before
    if (message.epoch !== this.#epoch) {
      this.#epoch = message.epoch;
      this.#changes = newChanges();
    }
    if (message.kind === 'ask') this.#answers = this.#answers.then(() => this.#answer(message)).catch(() => {});
    if (message.kind === 'more' && message.round === this.#telling?.round) this.#telling.more();
    if (message.kind === 'tell') {
      // who asks again has given up on the answer before
      this.#telling?.end();
      this.#tellings = this.#tellings.then(() => this.#tellKept(message)).catch(() => {});
    }
  }

  closing(): void {
    this.tellLast();
  }

  /** Says what is left, for nothing more will be said; the SDK's instruments are not asked. Never throws. */
  tellLast(): void {
    if (this.#hasLeft) return;
    try {
      this.sources.store.observe();
      atOnce(this.#changes.parts(this.sources.store, undefined), (part) => this.#tell(part));
    } catch {
      // the end of a process is no place to fail
    }
  }

  /** Says what is left, the SDK's instruments included. Never rejects. */
  async flush(): Promise<void> {
    if (this.#hasLeft || this.#epoch === UNANSWERED) return;
    try {
      const sdk = await this.sources.collect();
      await inSlices(this.#changes.parts(this.sources.store, sdk), (part) => this.#tell(part));
      await this.#link.sent();
    } catch {
      // what is left is said at the very end
    }
  }

  /** Says what is left and goes. */
  leave(): void {
    if (this.#hasLeft) return;
    this.tellLast();
    this.#link.send({ kind: 'bye' });
    this.#hasLeft = true;
    this.#telling?.end();
    this.#link.close();
  }

  async #answer({ epoch, round }: Extract<FromPrimary, { kind: 'ask' }>): Promise<void> {
    if (this.#epoch !== epoch) return;
    const health = this.#healthInTime();
    const changes = this.#changes;
    const sdk = await this.sources.collect();
    // should a primary begin anew in between, it is told everything in the answer to its own question
    await inSlices(changes.parts(this.sources.store, sdk), (part) => this.#tell(part, epoch));
    this.#link.send({ kind: 'done', epoch, round, health: await health });
  }

  async #tellKept({ epoch, round }: Extract<FromPrimary, { kind: 'tell' }>): Promise<void> {
    if (this.#epoch !== epoch || this.#hasLeft) return;
    const telling = new PacedTelling(this.#link, epoch, round);
    this.#telling = telling;
    const states = this.sources.states();
    let leftOut = 0;
    const parts = toldParts(states ?? [], () => {
      leftOut += 1;
    });
    await inPacedSlices(parts, (part) => telling.tell(part));
    // sums are made by who asks: what threads tell is passed on as it is
    const ofThreads = await this.sources.gather((part) => telling.tell(part));
    const missing = states === undefined ? [this.id, ...ofThreads.missing] : ofThreads.missing;
    telling.told({ missing, leftOut: leftOut + ofThreads.leftOut });
  }

  async #healthInTime(): Promise<WireHealth> {
    let timer: NodeJS.Timeout | undefined;
    const inTime = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, HEALTH_MILLIS).unref();
    });
    const health = await Promise.race([this.sources.health().catch(() => undefined), inTime]);
    clearTimeout(timer);
    return health ?? this.sources.latestHealth();
  }

  #tell(part: Part, epoch = this.#epoch): void {
    this.#link.send({ kind: 'part', epoch, ...part });
  }

  #hello(): void {
    this.#link.send({ kind: 'hello', id: this.id, session: this.#session });
  }
}

/** There is one machine, and its metrics are the primary's. */
function newChanges(): ChangedSeries {
  return new ChangedSeries((metric) => !metric.startsWith('system.'));
}
