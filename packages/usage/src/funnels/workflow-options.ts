import { readOption } from '@otel-monitor/runtime';
/** What is known of a run when it starts. */
export interface WorkflowOptions {
  /** Whose run it is: finds the feature flags that were evaluated for this user. Never leaves, and is on no metric. */
  readonly userId?: string | number | bigint | undefined;
  /** Seconds without anything done after which a run is abandoned, at most 30 days. Default: 1800. */
  readonly abandonAfterSeconds?: number | undefined;
  /** The variants that it runs under, by flag. Default: those that were evaluated before, for the user or in the trace. */
  readonly variants?: Readonly<Record<string, string>> | undefined;
}

/** Options as they are used. */
export interface ReadWorkflowOptions {
  readonly userId: unknown;
  readonly abandonAfterMillis: number;
  readonly variants: unknown;
}

const DEFAULT_MILLIS = 1_800_000;
const MAX_MILLIS = 30 * 86_400_000;
const PLAIN: ReadWorkflowOptions = { userId: undefined, abandonAfterMillis: DEFAULT_MILLIS, variants: undefined };

/** Reads options from whatever was given. Total on any input. */
export function readWorkflowOptions(given: unknown): ReadWorkflowOptions {
  if (typeof given !== 'object' || given === null) return PLAIN;
  const seconds = readOption(given, 'abandonAfterSeconds');
  const isUsable = typeof seconds === 'number' && seconds > 0;
  return {
    userId: readOption(given, 'userId'),
    abandonAfterMillis: isUsable ? Math.min(seconds * 1000, MAX_MILLIS) : DEFAULT_MILLIS,
    variants: readOption(given, 'variants'),
  };
}
