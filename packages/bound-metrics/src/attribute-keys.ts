import type { Attributes } from '@opentelemetry/api';

/** One text for equal attributes of data points, kept with the object: series give out the same one each time. */
export class AttributeKeys {
  readonly #keys = new WeakMap<Attributes, string>();
  #unreadable = 0;

  of(attributes: Attributes): string {
    let key = this.#keys.get(attributes);
    if (key === undefined) {
      key = this.#write(attributes);
      this.#keys.set(attributes, key);
    }
    return key;
  }

  #write(attributes: Attributes): string {
    try {
      return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    } catch {
      // producers of others may give out what has no text, a BigInt for one: the object itself is the key then
      this.#unreadable += 1;
      return `unreadable ${this.#unreadable}`;
    }
  }
}
