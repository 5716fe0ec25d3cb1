/** What a fingerprint hook sees of an error: secrets are taken out already. */
export interface FingerprintInput {
  /** `error.type` as it is recorded. */
  readonly errorType: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly operationName: string | undefined;
}

/** Settings of errors that recording reads; `attach` writes them at start. */
export interface ErrorSettings {
  enabled: boolean;
  /** Share of errors, 0 to 1, that are written as span event or log record; counts are never sampled. */
  sampleRate: number;
  /** Most groups that are kept; the least recently seen one leaves, and is counted. */
  maxGroups: number;
  /** Most sample errors that are kept of one group. */
  samplesPerGroup: number;
  /** How long a group is kept after it was seen last, in hours (ERROR_RETENTION_HOURS). */
  retentionHours: number;
  /** Most operations before an error that are told with it. */
  breadcrumbs: number;
  /** Frames of compiled files are told, and grouped, by their sources where a source map is found. */
  sourceMaps: boolean;
  /**
   * What keeps errors together instead of the built-in fingerprint; undefined or an empty text from it: the built-in one.
   * The error itself is given too; what the hook throws is reported and changes nothing.
   */
  fingerprint: ((error: unknown, input: FingerprintInput) => string | undefined) | undefined;
}

/** The settings in force before anything was started. */
export function initialErrorSettings(): ErrorSettings {
  return {
    enabled: true,
    sampleRate: 1,
    maxGroups: 1000,
    samplesPerGroup: 5,
    retentionHours: 168,
    breadcrumbs: 20,
    sourceMaps: true,
    fingerprint: undefined,
  };
}
