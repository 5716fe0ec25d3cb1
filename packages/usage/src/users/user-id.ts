/** A longer id is told by its beginning, its end and its length: hashing megabytes would block. */
const MAX_LENGTH = 1024;
const BEGINNING = 512;
const END = 256;

/** The text of an id that may be text, a finite number or a bigint; undefined for anything else. Total on any input. */
export function userIdText(given: unknown): string | undefined {
  if (typeof given === 'string') return given.length === 0 ? undefined : bounded(given);
  if (typeof given === 'number') return Number.isFinite(given) ? String(given) : undefined;
  // beyond 64 digits writing it down takes its time
  if (typeof given === 'bigint') return BigInt.asIntN(256, given) === given ? String(given) : undefined;
  return undefined;
}

function bounded(id: string): string {
  if (id.length <= MAX_LENGTH) return id;
  return `${id.slice(0, BEGINNING)}${id.slice(-END)}${id.length}`;
}
