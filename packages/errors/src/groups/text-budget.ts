import { runtimeState } from '@otel-monitor/runtime';
import type { ErrorGroup } from './error-group.js';
import { heldText, textBytes } from './held-text.js';
import type { Occurrence } from './occurrence.js';

const MEGABYTE = 1_000_000;
/** What all groups may take, with everything that they hold; stacks have what the rest leaves of it. */
const ALL_BYTES = 15.5 * MEGABYTE;
const SAMPLE_BYTES = 2 * MEGABYTE;
/** What is too much leaves in one go, together with so much more that the next time is a while away. */
const SHARE_LEFT = 0.9;
/** Stacks that are made smaller in one go: some 2 ms of work. */
const PACKED_AT_ONCE = 64;
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
    this.#stackBytes -= group.stackBytes;
    group.holdStack(stack, isShortened);
    this.#stackBytes += group.stackBytes;
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
  makeRoom(groups: () => Iterable<ErrorGroup>, otherBytes: number): void {
    if (this.#sampleBytes > this.limits.samples) this.#evictSamples(groups());
    const room = this.limits.all - otherBytes - this.#sampleBytes;
    if (this.#stackBytes > room && this.#packStacks(groups(), room)) this.#shortenStacks(groups(), room);
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

  /** True where that is not enough. */
  #packStacks(groups: Iterable<ErrorGroup>, most: number): boolean {
    let packed = 0;
    for (const group of groups) {
      // the rest is done with the next errors: no single one waits long
      if (this.#stackBytes <= most * SHARE_LEFT || packed >= PACKED_AT_ONCE) return false;
      const before = group.stackBytes;
      if (group.packStack()) packed += 1;
      this.#stackBytes += group.stackBytes - before;
    }
    return this.#stackBytes > most;
  }

  #shortenStacks(groups: Iterable<ErrorGroup>, most: number): void {
    let shortened = 0;
    for (const group of groups) {
      if (this.#stackBytes <= most * SHARE_LEFT || shortened >= PACKED_AT_ONCE) break;
      if (group.isStackShortened) continue;
      const stack = group.stack ?? '';
      if (stack.length <= SHORT_STACK) continue;
      const end = stack.lastIndexOf('\n', SHORT_STACK);
      this.setStack(group, heldText(stack.slice(0, end > 0 ? end : SHORT_STACK)), true);
      shortened += 1;
    }
    this.stacksShortened += shortened;
  }
}
