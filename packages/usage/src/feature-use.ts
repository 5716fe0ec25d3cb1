import { failureType } from './failure-type.js';

/** What is known of one use of a feature. */
export interface FeatureUse {
  /** False: the use failed. Default: true, unless an `error` is given. */
  readonly success?: boolean | undefined;
  /** Seconds; negative, infinite or no number at all is dropped, and the use still counts. Default: not recorded. */
  readonly durationSeconds?: number | undefined;
  /** What it failed with: an error, or its class or code as text. Default: `_OTHER` when the use failed. */
  readonly error?: unknown;
}

/** A use as it is recorded. */
export interface ReadFeatureUse {
  /** Undefined when the use succeeded. */
  readonly errorType: string | undefined;
  readonly durationSeconds: unknown;
}

const PLAIN_USE: ReadFeatureUse = { errorType: undefined, durationSeconds: undefined };

/** Reads a use from whatever was given. Total on any input. */
export function readFeatureUse(given: unknown): ReadFeatureUse {
  if (typeof given !== 'object' || given === null) return PLAIN_USE;
  const success = read(given, 'success') ?? undefined;
  const error = read(given, 'error') ?? undefined;
  const failed = success === false || (success === undefined && error !== undefined);
  return {
    errorType: failed ? failureType(error) : undefined,
    durationSeconds: read(given, 'durationSeconds') ?? undefined,
  };
}

function read(given: object, key: keyof FeatureUse): unknown {
  try {
    return (given as FeatureUse)[key];
  } catch {
    return undefined;
  }
}
