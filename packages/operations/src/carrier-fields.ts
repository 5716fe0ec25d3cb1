/** The named fields of a carrier of context, whatever it is made of. Each method may throw what the carrier throws. */
export interface CarrierFields {
  names(): string[];
  read(name: string): unknown;
  write(name: string, value: string): void;
  remove(name: string): void;
}

/** Most entries that are looked at for a name that is not there as it is written. */
const MAX_ENTRIES = 256;

/** The fields of what an application gives as a carrier; undefined when it is none. */
export function carrierFields(carrier: unknown): CarrierFields | undefined {
  if (typeof carrier !== 'object' || carrier === null) return undefined;
  if (Array.isArray(carrier)) return new PairFields(carrier);
  const { get, set } = carrier as Partial<Accessors>;
  const hasAccessors = typeof get === 'function' || typeof set === 'function';
  return hasAccessors ? new AccessorFields(carrier as Accessors) : new ObjectFields(carrier as Record<string, unknown>);
}

function isSameName(one: unknown, other: string): boolean {
  return typeof one === 'string' && one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

/** An object by its own keys: what its prototype holds was put there by nobody who sends messages. */
class ObjectFields implements CarrierFields {
  constructor(private readonly carrier: Record<string, unknown>) {}

  names(): string[] {
    return Object.keys(this.carrier).slice(0, MAX_ENTRIES);
  }

  read(name: string): unknown {
    const key = this.#key(name);
    return key === undefined ? undefined : this.carrier[key];
  }

  write(name: string, value: string): void {
    // an assignment to this one would change nothing, or the prototype
    if (name !== '__proto__') this.carrier[name] = value;
  }

  remove(name: string): void {
    const key = this.#key(name);
    if (key !== undefined) delete this.carrier[key];
  }

  #key(name: string): string | undefined {
    return Object.hasOwn(this.carrier, name) ? name : this.names().find((key) => isSameName(key, name));
  }
}

/** `Headers`, a `Map`, and what else reads and writes by name. */
interface Accessors {
  get?(name: string): unknown;
  set?(name: string, value: string): unknown;
  delete?(name: string): unknown;
  keys?(): Iterable<unknown>;
}

class AccessorFields implements CarrierFields {
  constructor(private readonly carrier: Accessors) {}

  names(): string[] {
    const names: string[] = [];
    for (const name of this.carrier.keys?.() ?? []) {
      if (names.length >= MAX_ENTRIES) break;
      if (typeof name === 'string') names.push(name);
    }
    return names;
  }

  read(name: string): unknown {
    return this.carrier.get?.(name);
  }

  write(name: string, value: string): void {
    if (typeof this.carrier.set !== 'function') throw new TypeError('the carrier cannot be written');
    this.carrier.set(name, value);
  }

  remove(name: string): void {
    this.carrier.delete?.(name);
  }
}

/** An array of `[name, value]`, in which a name may stand more than once. */
class PairFields implements CarrierFields {
  constructor(private readonly carrier: unknown[]) {}

  names(): string[] {
    return this.#indexes(() => true).map((index) => String((this.carrier[index] as unknown[])[0]));
  }

  read(name: string): unknown {
    const values = this.#of(name).map((index) => (this.carrier[index] as unknown[])[1]);
    return values.length > 1 ? values : values[0];
  }

  write(name: string, value: string): void {
    const [first] = this.#of(name);
    if (first === undefined) this.carrier.push([name, value]);
    else this.carrier[first] = [name, value];
    for (const index of this.#of(name).slice(1).reverse()) this.carrier.splice(index, 1);
  }

  remove(name: string): void {
    for (const index of this.#of(name).reverse()) this.carrier.splice(index, 1);
  }

  #of(name: string): number[] {
    return this.#indexes((found) => isSameName(found, name));
  }

  #indexes(isWanted: (name: unknown) => boolean): number[] {
    const indexes: number[] = [];
    for (let index = 0; index < this.carrier.length && index < MAX_ENTRIES; index += 1) {
      const pair = this.carrier[index];
      if (Array.isArray(pair) && isWanted(pair[0])) indexes.push(index);
    }
    return indexes;
  }
}
