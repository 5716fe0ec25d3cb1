/** The rule by which a root is sampled. */
export interface SamplingRule {
  /** Share of roots, 0 to 1. */
  readonly performanceSampleRate: number;
  /** Whether a child keeps the decision of its parent. */
  readonly parentBased: boolean;
}

/**
 * The decision of the SDK's TraceIdRatioBasedSampler, alone or under a ParentBasedSampler, on ids that are words: the same
 * for every trace, so that an operation's span and a library's span of one trace are sampled together.
 */
export class WordSampler {
  readonly parentBased: boolean;
  readonly #isAll: boolean;
  readonly #upperBound: number;

  constructor({ performanceSampleRate, parentBased }: SamplingRule) {
    this.parentBased = parentBased;
    this.#isAll = performanceSampleRate >= 1;
    this.#upperBound = performanceSampleRate > 0 ? Math.floor(performanceSampleRate * 0xffff_ffff) : 0;
  }

  /** Decides by the words of a trace id. */
  isSampled(word0: number, word1: number, word2: number, word3: number): boolean {
    return this.#isAll || (word0 ^ word1 ^ word2 ^ word3) >>> 0 < this.#upperBound;
  }
}
