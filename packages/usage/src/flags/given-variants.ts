import type { FlagVariant, FlagVariants } from './flag-variants.js';

const MAX_GIVEN = 32;

/** The variants that are told by hand, `{ flag: variant }`; undefined when nothing is. Total on any input. */
export function givenVariants(given: unknown, known: FlagVariants): readonly FlagVariant[] | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const read: FlagVariant[] = [];
  try {
    for (const flag of Object.keys(given)) {
      const variant = (given as Record<string, unknown>)[flag];
      if (flag !== '' && (typeof variant === 'string' || typeof variant === 'boolean' || typeof variant === 'number')) {
        read.push(known.of(flag, String(variant)));
      }
      if (read.length >= MAX_GIVEN) break;
    }
  } catch {
    // what was read until then is kept
  }
  return read;
}
