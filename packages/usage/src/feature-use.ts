import { readOption } from '@otel-monitor/runtime';
import { failureType } from './failure-type.js';

/** What is known of one use of a feature. */
export interface FeatureUse {
  /** False: the use failed. Default: true, unless an `error` is given. */
  readonly success?: boolean | undefined;
  /** Seconds; negative, infinite or no number at all is dropped, and the use still counts. Default: not recorded. */
  readonly durationSeconds?: number | undefined;
  /** What it failed with: an error, or its class or code as text. Default: `_OTHER` when the use failed. */
  readonly error?: unknown;
  /**
   * Who used it. It counts in the sketches of `monitor.usage` by a keyed hash, and is neither on the metric nor anywhere
   * else. Default: nobody is counted.
   */
  readonly userId?: string | number | bigint | undefined;
  /** The variants that it happened under, by flag. Default: those that were evaluated before, for the user or in the trace. */
  readonly variants?: Readonly<Record<string, string>> | undefined;
}

/** A use as it is recorded. */
export interface ReadFeatureUse {
  /** Undefined when the use succeeded. */
  readonly errorType: string | undefined;
  readonly durationSeconds: unknown;
  readonly userId: unknown;
  readonly variants: unknown;
}

const PLAIN_USE: ReadFeatureUse = {
  errorType: undefined,
  durationSeconds: undefined,
  userId: undefined,
  variants: undefined,
};

/** Reads a use from whatever was given. Total on any input. */
export function readFeatureUse(given: unknown): ReadFeatureUse {
  if (typeof given !== 'object' || given === null) return PLAIN_USE;
  const success = readOption(given, 'success') ?? undefined;
  const error = readOption(given, 'error') ?? undefined;
  const failed = success === false || (success === undefined && error !== undefined);
  return {
    errorType: failed ? failureType(error) : undefined,
    durationSeconds: readOption(given, 'durationSeconds') ?? undefined,
    userId: readOption(given, 'userId') ?? undefined,
    variants: readOption(given, 'variants') ?? undefined,
  };
}
