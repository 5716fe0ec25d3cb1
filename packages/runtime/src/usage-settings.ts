/** Settings of usage that recording reads; `attach` writes them at start. */
export interface UsageSettings {
  enabled: boolean;
  /** How long the sketches of a day are kept, in days: 13 months by default. */
  retentionDays: number;
}

/** The settings in force before anything was started. */
export function initialUsageSettings(): UsageSettings {
  return { enabled: true, retentionDays: 396 };
}
