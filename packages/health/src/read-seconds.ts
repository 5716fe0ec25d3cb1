/** Seconds held to a range; undefined when they were left out or are no number above 0. */
export function readSeconds(given: unknown, least: number, most: number): number | undefined {
  if (typeof given !== 'number' || !(given > 0) || given === Number.POSITIVE_INFINITY) return undefined;
  return Math.min(most, Math.max(least, given));
}
