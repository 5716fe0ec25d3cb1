const DEFAULT_DAYS = 28;

/** How many days are asked for: `days` of whatever was given, at least 1; 28 when it says nothing usable. Never throws. */
export function readDays(given: unknown): number {
  try {
    const days = (given as { days?: unknown } | null | undefined)?.days;
    return typeof days === 'number' && days >= 1 ? Math.floor(days) : DEFAULT_DAYS;
  } catch {
    return DEFAULT_DAYS;
  }
}
