import { cleanName } from '@otel-monitor/runtime';
import { OTHER_NAME } from '../days/day-book.js';
import type { VariantKey } from '../funnels/workflow-counts.js';

/** One variant of one flag; the same object for each evaluation that gave it. */
export interface FlagVariant {
  readonly flag: string;
  readonly variant: string;
  readonly key: VariantKey;
}

const MAX_FLAGS = 200;
const MAX_VARIANTS = 20;
/** Longer text is cleaned anew each time, so that what is kept stays small. */
const MAX_KEPT_TEXT = 256;

/** The flags of the process and their variants, in bounded number; `_OTHER` stands for all beyond. */
export class FlagVariants {
  /** Times that a flag or a variant found no room. */
  refused = 0;
  readonly #flags = new Map<string, Map<string, FlagVariant>>();

  /** Total on any input. */
  of(flag: unknown, variant: string): FlagVariant {
    const known = typeof flag === 'string' ? this.#flags.get(flag)?.get(variant) : undefined;
    return known ?? this.#make(oneLine(flag), oneLine(variant));
  }

  #make(flag: string, variant: string): FlagVariant {
    let variants = this.#flags.get(flag);
    if (variants === undefined) {
      if (this.#flags.size >= MAX_FLAGS && flag !== OTHER_NAME) return this.#other(OTHER_NAME);
      variants = new Map();
      this.#flags.set(flag, variants);
    }
    const known = variants.get(variant);
    if (known !== undefined) return known;
    if (variants.size >= MAX_VARIANTS && variant !== OTHER_NAME) return this.#other(flag);
    const made = { flag, variant, key: `${flag}\n${variant}` };
    variants.set(variant, made);
    return made;
  }

  #other(flag: string): FlagVariant {
    this.refused += 1;
    return this.#make(flag, OTHER_NAME);
  }
}

/** A name as it is recorded, without line breaks: one stands between flag and variant. */
function oneLine(given: unknown): string {
  return cleanName(typeof given === 'string' ? given.slice(0, MAX_KEPT_TEXT) : given).replace(/[\r\n]+/g, ' ');
}
