import { runtimeState } from '@otel-monitor/runtime';
import type { ErrorGroup } from './error-group.js';
import { heldText, textBytes } from './held-text.js';
import type { Occurrence } from './occurrence.js';

const MEGABYTE = 1_000_000;
/** What all groups may take, with everything that they hold; stacks have what the rest leaves of it. */
const ALL_BYTES = 19 * MEGABYTE;
const SAMPLE_BYTES = 2.5 * MEGABYTE;
/** What is too much leaves in one go, together with so much more that the next time is a while away. */
const SHARE_LEFT = 0.9;
/** What is left of a stack, in characters: some eight frames. */
const SHORT_STACK = 512;

/** What samples and stacks of all groups take in memory, and which of them leave when that is too much. */
export class TextBudget {
  #sampleBytes = 0;
  #stackBytes = 0;
  /** Samples that left because those of groups seen later needed the room. */
  samplesEvicted = 0;
  /** Stacks that were cut for the same reason. */
  stacksShortened = 0;

  /** @param limits other ones than usual, for tests */
  constructor(private readonly limits: { all: number; samples: number } = { all: ALL_BYTES, samples: SAMPLE_BYTES }) {}

  get sampleBytes(): number {
    return this.#sampleBytes;
  }

  get stackBytes(): number {
    return this.#stackBytes;
  }

  takeSample(group: ErrorGroup, occurrence: Occurrence, random: () => number): void {
    const before = group.samplesSeen;
    group.takeSample(occurrence, runtimeState.release, runtimeState.errors.samplesPerGroup, random);
    if (group.samplesSeen !== before) this.countSamples(group);
  }

  /** Counts the samples of a group anew. */
  countSamples(group: ErrorGroup): void {
    this.#sampleBytes -= group.sampleBytes;
    group.sampleBytes = 0;
    for (const text of group.samples) group.sampleBytes += textBytes(text);
    this.#sampleBytes += group.sampleBytes;
  }

  /** Gives a group its stack. */
  setStack(group: ErrorGroup, stack: string | undefined, isShortened: boolean): void {
    if (group.stack !== undefined) this.#stackBytes -= textBytes(group.stack);
    group.stack = stack;
    group.isStackShortened = isShortened;
    if (stack !== undefined) this.#stackBytes += textBytes(stack);
  }

  /** A group leaves. */
  release(group: ErrorGroup): void {
    group.samples.length = 0;
    this.countSamples(group);
    this.setStack(group, undefined, false);
  }

  /**
   * @param groups the one seen longest ago first
   * @param otherBytes what groups take besides samples and stacks
   */
  makeRoom(groups: Iterable<ErrorGroup>, otherBytes: number): void {
    if (this.#sampleBytes > this.limits.samples) this.#evictSamples(groups);
    const room = this.limits.all - otherBytes - this.#sampleBytes;
    if (this.#stackBytes > room) this.#shortenStacks(groups, room * SHARE_LEFT);
  }

  /** Forgets what left. */
  clear(): void {
    this.samplesEvicted = 0;
    this.stacksShortened = 0;
  }

  #evictSamples(groups: Iterable<ErrorGroup>): void {
    for (const group of groups) {
      if (this.#sampleBytes <= this.limits.samples * SHARE_LEFT) return;
      this.samplesEvicted += group.samples.length;
      group.samples.length = 0;
      this.countSamples(group);
    }
  }

  #shortenStacks(groups: Iterable<ErrorGroup>, most: number): void {
    for (const group of groups) {
      if (this.#stackBytes <= most) return;
      if (group.stack === undefined || group.stack.length <= SHORT_STACK) continue;
      const end = group.stack.lastIndexOf('\n', SHORT_STACK);
      this.setStack(group, heldText(group.stack.slice(0, end > 0 ? end : SHORT_STACK)), true);
      this.stacksShortened += 1;
    }
  }
}
