/** What rules know of the redactor that runs them. */
export interface Policy {
  /** What stands in the place of a secret. */
  readonly replacement: string;
  /** True when a value under this key is a secret, whatever it looks like. */
  readonly isSecretKey: (key: string) => boolean;
}
