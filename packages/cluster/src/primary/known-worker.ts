import type { WorkerLink } from '../channels/links.js';
import { type FromWorker, UNANSWERED, type WireHealth } from '../wire/message.js';
import type { Contribution } from './contribution.js';

/** A worker that has made itself known. */
export class KnownWorker {
  /** How it said it was when it last answered. */
  health: WireHealth | undefined;
  /** Since when it owes an answer, by a clock that does not go back; undefined: it owes none. */
  askedAt: number | undefined;
  /** Whether the deadline has passed without the answer. */
  isMissing = false;
  /** Whether it has told anything since it was answered. */
  hasAnswered = false;
  /** Whether it was asked what it keeps, and has not said all of it. */
  owesTelling = false;
  #round = 0;
  #answered: (() => void) | undefined;

  constructor(
    readonly id: string,
    readonly session: string,
    readonly contribution: Contribution,
    private readonly link: WorkerLink,
    private readonly now: () => number,
  ) {}

  /**
   * Asks for what has changed. Resolves with the answer, or with its end; at once while an earlier answer is owed: what
   * stands still is waited for once.
   */
  ask(epoch: string): Promise<void> {
    if (this.askedAt !== undefined) return Promise.resolve();
    this.askedAt = this.now();
    this.#round += 1;
    const answered = new Promise<void>((resolve) => {
      this.#answered = resolve;
    });
    this.link.send({ kind: 'ask', epoch, round: this.#round });
    return answered;
  }

  /** Asks for all that it keeps beside metrics. */
  askToTell(epoch: string, round: number): void {
    this.owesTelling = true;
    this.link.send({ kind: 'tell', epoch, round });
  }

  /** What it has told has been read. */
  tellMore(epoch: string, round: number): void {
    this.link.send({ kind: 'more', epoch, round });
  }

  take(part: Extract<FromWorker, { kind: 'part' }>): void {
    this.hasAnswered ||= part.epoch !== UNANSWERED;
    this.contribution.apply(part);
  }

  done({ round, health }: Extract<FromWorker, { kind: 'done' }>): void {
    if (round !== this.#round) return;
    this.health = health ?? this.health;
    this.isMissing = false;
    this.release();
  }

  /** It owes nothing any more, and nobody waits for it. */
  release(): void {
    this.askedAt = undefined;
    this.#answered?.();
    this.#answered = undefined;
  }

  /** A thread may well be busy for long. */
  get isThread(): boolean {
    return this.id.startsWith('thread/');
  }

  /** How long it has owed its answer, in milliseconds; 0: it owes none. */
  get owedMillis(): number {
    return this.askedAt === undefined ? 0 : this.now() - this.askedAt;
  }
}
