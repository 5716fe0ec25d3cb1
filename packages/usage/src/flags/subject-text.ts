/** A longer id is told by its beginning, its end and its length: nobody has one, and keeping megabytes would cost. */
const MAX_LENGTH = 1024;

/** The text of an id of a user, or of a targeting key: text or a finite number. Undefined for anything else; total. */
export function subjectText(given: unknown): string | undefined {
  if (typeof given === 'number') return Number.isFinite(given) ? String(given) : undefined;
  if (typeof given !== 'string' || given === '') return undefined;
  if (given.length <= MAX_LENGTH) return given;
  return `${given.slice(0, MAX_LENGTH / 2)}${given.slice(-MAX_LENGTH / 4)}${given.length}`;
}
