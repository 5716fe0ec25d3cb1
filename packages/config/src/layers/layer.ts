/** What one source says, in camelCase, checked and free of keys that nobody knows. */
export interface Layer {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the value at this path comes from: `code`, `environment NAME`, `file PATH`, `default`. */
  readonly sourceOf: (path: string) => string;
}
