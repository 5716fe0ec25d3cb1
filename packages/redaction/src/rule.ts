import type { Scan } from './scan/scan.js';

/**
 * One kind of secret. A rule is asked where something that it knows begins, and cuts what it finds.
 *
 * It must be linear over the whole text: what it reads ahead is bounded, or skipped by what it returns, or remembered in
 * the scan; what it reads back is bounded by `scan.floor` and by a length.
 */
export interface Rule {
  readonly name: string;
  /**
   * Where it is asked: pieces that begin with a letter (three characters or more) at the start of a word, pieces that
   * begin with a mark anywhere. Of a piece that begins with a mark the first two characters decide.
   */
  readonly at?: readonly string[];
  /**
   * Classes of which the character before a piece that begins with a mark must have one; at the start of the text the rule
   * is asked all the same. Left out: any character.
   */
  readonly before?: number;
  /** The same for the character after a piece of one mark; beyond ASCII the rule is asked all the same. */
  readonly after?: number;
  /** Classes of which the third character after a piece that begins with a letter must have one. */
  readonly inside?: number;
  /**
   * Asked where a number starts, with `at` on its first digit: the numbers of digits that it takes, each as a bit; the last
   * one, 30, stands for all longer ones.
   */
  readonly atNumbers?: number;
  /** True: asked where a word starts with two letters and two digits. */
  readonly atCodes?: boolean;
  /**
   * Where to go on; `at` when this rule found nothing and the next one is to be asked. `length` is that of the piece of
   * `at` that begins a word here, 0 for all else.
   */
  readonly look: (scan: Scan, at: number, length: number) => number;
}
