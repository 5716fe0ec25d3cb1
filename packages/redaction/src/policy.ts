import type { KeyMatcher } from './keys/key-matcher.js';

/** What rules know of the redactor that runs them. */
export interface Policy {
  /** What stands in the place of a secret. */
  readonly replacement: string;
  readonly keys: KeyMatcher;
}
