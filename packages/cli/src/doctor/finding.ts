/** What one check of the doctor found. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}
