import type { ErrorSeverity } from '@otel-monitor/semconv';
import { AffectedUsers } from './affected-users.js';
import { FrequentOperations } from './frequent-operations.js';
import { heldText, textBytes } from './held-text.js';
import type { Occurrence } from './occurrence.js';
import { packText, unpackText } from './packed-text.js';
import { isSampleOf, sampleText } from './sample-text.js';

/** In a group that has all its samples, this much time lies between two that are taken. */
const SAMPLE_MILLIS = 1000;
/** Back in another release after so long a silence, a fault has regressed. */
const SILENCE_MILLIS = 24 * 3_600_000;

/** Longest title and culprit; samples have whole messages. */
const TITLE_LENGTH = 256;

/** What is known of the errors of one fault. Times in milliseconds since 1970. */
export class ErrorGroup {
  errorType = '';
  exceptionType = '';
  code: string | undefined = undefined;
  title = '';
  culprit: string | undefined = undefined;
  isStackShortened = false;
  /** False: what it is called is to be read from its next error. */
  isDescribed = false;
  count = 0;
  /** Errors of each severity. */
  info = 0;
  warning = 0;
  error = 0;
  critical = 0;
  firstSeen = Number.POSITIVE_INFINITY;
  lastSeen = Number.NEGATIVE_INFINITY;
  firstRelease: string | undefined = undefined;
  lastRelease: string | undefined = undefined;
  resolvedAt: number | undefined = undefined;
  regressedAt: number | undefined = undefined;
  users: AffectedUsers | undefined = undefined;
  operations: FrequentOperations | undefined = undefined;
  /** JSON texts: the first, some between, and the last. */
  samples: string[] = [];
  /** Samples that were taken, those that left included. */
  samplesSeen = 0;
  /** What its samples take in memory, in bytes. */
  sampleBytes = 0;
  /** Ids that it had before. */
  aliases: string[] | undefined = undefined;
  /** From when on a record has a place (see `RecordRate`), and records that were held back since the last one. */
  recordsFrom = 0;
  heldBack = 0;
  /** False once it left. */
  isHeld = true;
  /** Whether a place outside of the process was told of it. */
  isKept = false;
  #sampledAt = 0;
  #stack: string | undefined = undefined;
  #isStackPacked = false;

  /** @param row its row of counts over time */
  constructor(
    readonly id: string,
    readonly row: number,
  ) {}

  /** The highest that was seen. */
  get severity(): ErrorSeverity {
    if (this.critical > 0) return 'critical';
    if (this.error > 0) return 'error';
    return this.warning > 0 ? 'warning' : 'info';
  }

  /** The frames of the error that it began with, or the first of them. */
  get stack(): string | undefined {
    return this.#stack !== undefined && this.#isStackPacked ? unpackText(this.#stack) : this.#stack;
  }

  /** What the stack takes in memory, in bytes. */
  get stackBytes(): number {
    return this.#stack === undefined ? 0 : textBytes(this.#stack);
  }

  holdStack(stack: string | undefined, isShortened: boolean): void {
    this.#stack = stack;
    this.#isStackPacked = false;
    this.isStackShortened = isShortened;
  }

  /** Makes the stack smaller; false where it is already. */
  packStack(): boolean {
    if (this.#stack === undefined || this.#isStackPacked) return false;
    this.#stack = packText(this.#stack);
    this.#isStackPacked = true;
    return true;
  }

  /** Counts an error; what it is told by is not read. */
  countOne(
    at: number,
    severity: ErrorSeverity,
    operationName: string | undefined,
    userHash: string | undefined,
    release: string | undefined,
  ): void {
    if (this.count > 0) this.#noticeRegression(at, release);
    else this.firstRelease = release;
    this.count += 1;
    this[severity] += 1;
    if (at < this.firstSeen) this.firstSeen = at;
    if (at > this.lastSeen) this.lastSeen = at;
    this.lastRelease = release;
    if (operationName !== undefined) {
      this.operations ??= new FrequentOperations();
      this.operations.add(operationName);
    }
    if (userHash !== undefined) {
      this.users ??= new AffectedUsers();
      this.users.add(userHash);
    }
  }

  /** Takes over what an error of the group is called by, all but the stack. */
  describe({ fingerprint, error }: Occurrence): void {
    this.errorType = error.errorType;
    this.exceptionType = heldText(error.exceptionType);
    this.code = error.code === undefined ? undefined : heldText(error.code);
    this.title = heldText(fingerprint.title.slice(0, TITLE_LENGTH));
    this.culprit = fingerprint.culprit === undefined ? undefined : heldText(fingerprint.culprit.slice(0, TITLE_LENGTH));
    this.isDescribed = true;
  }

  /**
   * Keeps an error as a sample: the first, the last, and between them a pick in which each has the same chance (reservoir
   * sampling, Vitter 1985). A group that has all its samples takes one a second.
   *
   * @param limit most samples; 1 keeps the last one
   */
  takeSample(occurrence: Occurrence, release: string | undefined, limit: number, random: () => number): void {
    const { samples } = this;
    const { at } = occurrence;
    // a clock that was set back begins anew
    if (limit <= 0 || (samples.length >= limit && at - this.#sampledAt < SAMPLE_MILLIS && at >= this.#sampledAt))
      return;
    this.#sampledAt = at;
    const stack = occurrence.error.frames?.text;
    const text = sampleText(occurrence, release, this.#hasStack(stack) ? undefined : stack);
    if (samples.length < limit) {
      // a joined list has just the room that it needs
      this.samples = samples.concat(text);
    } else {
      // the last one so far has its chance among those between
      if (limit > 2) {
        const place = 1 + Math.floor(random() * (this.samplesSeen - 1));
        if (place < limit - 1) samples[place] = samples[limit - 1] as string;
      }
      samples[limit - 1] = text;
      samples.length = limit;
    }
    this.samplesSeen += 1;
  }

  hasSample(id: string): boolean {
    return this.samples.some((text) => isSampleOf(text, id));
  }

  #hasStack(stack: string | undefined): boolean {
    const own = this.stack;
    return this.isStackShortened && own !== undefined ? stack?.startsWith(own) === true : stack === own;
  }

  #noticeRegression(at: number, release: string | undefined): void {
    if (!hasRegressed(this, at, release)) return;
    this.regressedAt = at;
    this.resolvedAt = undefined;
  }
}

/** Whether a fault that is seen again now has come back: after it was said to be mended, or in another release after a long silence. */
export function hasRegressed(
  before: Pick<ErrorGroup, 'resolvedAt' | 'lastSeen' | 'lastRelease'>,
  at: number,
  release: string | undefined,
): boolean {
  if (before.resolvedAt !== undefined) return at >= before.resolvedAt;
  return release !== before.lastRelease && at - before.lastSeen >= SILENCE_MILLIS;
}
