const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A time as pages take it: how long ago, as in `30m`, `24h` or `7d`, or anything else as it is.
 *
 * @param now milliseconds since 1970
 */
export function sinceTime(given: string, now: number): string {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(given) ?? [];
  if (amount === undefined || unit === undefined) return given;
  return new Date(Math.max(0, now - Number(amount) * (UNITS[unit] as number))).toISOString();
}
