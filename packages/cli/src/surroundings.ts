/** All that a command takes from the process it runs in. */
export interface Surroundings {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  /** Working directory. */
  readonly cwd: string;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
}
