/**
 * Refuses what is no regular expression: Prometheus would not load the whole file.
 * @throws RangeError naming it
 */
export function checkJobPattern(what: string, pattern: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw new RangeError(`${what}: "${pattern}" is no regular expression`);
  }
}
