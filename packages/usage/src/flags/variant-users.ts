import { COARSE_PRECISION, HyperLogLog } from '../sketch/hyper-log-log.js';
import { sketchOfText, sketchText } from '../sketch/sketch-text.js';

/** Of more keys than that in a day, those of the most users stay. */
const MAX_KEYS = 4;
const MAX_KEY_ID = 64;

/**
 * How many users got a variant, without who they were: a coarse sketch for each key that their ids were hashed with. Up to
 * 128 are practically exact, beyond that the standard error is 4.6 %.
 */
export class VariantUsers {
  readonly sketches = new Map<string, HyperLogLog>();

  add(keyId: string, code: number): void {
    this.#of(keyId).add(code);
  }

  merge(other: VariantUsers): void {
    for (const [keyId, sketch] of other.sketches) this.#of(keyId).merge(sketch);
  }

  /** Takes a sketch away, whose users come again under another key. */
  forget(keyId: string): void {
    this.sketches.delete(keyId);
  }

  /** Rounded to whole users. Who met two keys counts twice: nobody can tell. */
  count(): number {
    let sum = 0;
    for (const sketch of this.sketches.values()) sum += sketch.estimate();
    return Math.round(sum);
  }

  toValue(): (readonly [keyId: string, sketch: string])[] {
    return [...this.sketches].map(([keyId, sketch]) => [keyId, sketchText(sketch)]);
  }

  /** Undefined when it is not what `toValue` gave. Total on any input. */
  static read(value: unknown): VariantUsers | undefined {
    if (!Array.isArray(value) || value.length > MAX_KEYS) return undefined;
    const users = new VariantUsers();
    for (const item of value) {
      const [keyId, text] = Array.isArray(item) ? (item as unknown[]) : [];
      const sketch = sketchOfText(text);
      if (typeof keyId !== 'string' || keyId.length > MAX_KEY_ID || sketch === undefined) return undefined;
      users.#of(keyId).merge(sketch);
    }
    return users;
  }

  #of(keyId: string): HyperLogLog {
    const known = this.sketches.get(keyId);
    if (known !== undefined) return known;
    if (this.sketches.size >= MAX_KEYS) this.forget(this.#leastKey());
    const made = new HyperLogLog();
    made.coarsen(COARSE_PRECISION);
    this.sketches.set(keyId, made);
    return made;
  }

  /** The key of the fewest users: most likely one that stood for another for a moment. */
  #leastKey(): string {
    const [least] = [...this.sketches].sort(([, one], [, other]) => one.estimate() - other.estimate());
    return least?.[0] ?? '';
  }
}
