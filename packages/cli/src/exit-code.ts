/** What the command's exit codes mean; scripts rely on them. */
export const EXIT = {
  /** Healthy, or done. */
  ok: 0,
  /** Degraded, or a check failed. */
  degraded: 1,
  unhealthy: 2,
  unreachable: 3,
  /** Bad usage or configuration (EX_USAGE of sysexits). */
  usage: 64,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
