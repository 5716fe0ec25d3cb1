/** A combination with a longer value or key is not kept. */
const MAX_KEPT_LENGTH = 256;
const MAX_KEYS = 16;

/** How many places may still be taken: a combination takes one for each of its dimensions. */
export interface Room {
  places: number;
}

/** What is kept for the dimensions up to one place, and where the next one leads. */
interface Place<T> {
  kept: T | undefined;
  /** The first key that was met here, and its values: most places never see a second. */
  key: string | undefined;
  byValue: Map<unknown, Place<T>> | undefined;
  others: Map<string, Map<unknown, Place<T>>> | undefined;
}

/**
 * Finds what was made for a combination of dimensions by their keys and values, one look-up each and no text in between.
 * Keys in another order are another combination here: what is made for both is the same. Beyond the bound nothing more is
 * kept.
 */
export class KeptCombinations<T> {
  readonly #root: Place<T> = newPlace();

  /** @param room what is left of it goes down; tables that share it have room for so much together */
  constructor(private readonly room: Room) {}

  /** What is kept for these dimensions. Total on any input. */
  get(dimensions: object): T | undefined {
    let place: Place<T> | undefined = this.#root;
    try {
      for (const key in dimensions) {
        const value = (dimensions as Record<string, unknown>)[key];
        if (value === undefined) continue;
        place = (place.key === key ? place.byValue : place.others?.get(key))?.get(value);
        if (place === undefined) return undefined;
      }
    } catch {
      return undefined;
    }
    return place.kept;
  }

  /** Keeps `value` for these dimensions, if there is room and they are readable scalars of at most 256 characters. */
  set(dimensions: object, value: T): void {
    let place: Place<T> | undefined = this.#root;
    let keys = 0;
    try {
      for (const key in dimensions) {
        const dimension = (dimensions as Record<string, unknown>)[key];
        if (dimension === undefined) continue;
        keys += 1;
        if (keys > MAX_KEYS) return;
        place = this.#next(place, key, dimension);
        if (place === undefined) return;
      }
    } catch {
      return;
    }
    place.kept = value;
  }

  #next(place: Place<T>, key: string, value: unknown): Place<T> | undefined {
    const known = (place.key === key ? place.byValue : place.others?.get(key))?.get(value);
    if (known !== undefined) return known;
    if (this.room.places <= 0 || key.length > MAX_KEPT_LENGTH || !isKept(value)) return undefined;
    const next = newPlace<T>();
    this.room.places -= 1;
    this.#valuesOf(place, key).set(value, next);
    return next;
  }

  #valuesOf(place: Place<T>, key: string): Map<unknown, Place<T>> {
    if (place.key === undefined) {
      place.key = key;
      place.byValue = new Map();
    }
    if (place.key === key) return place.byValue!;
    place.others ??= new Map();
    let values = place.others.get(key);
    if (values === undefined) {
      values = new Map();
      place.others.set(key, values);
    }
    return values;
  }
}

function isKept(value: unknown): boolean {
  const type = typeof value;
  return type === 'string' ? (value as string).length <= MAX_KEPT_LENGTH : type === 'number' || type === 'boolean';
}

function newPlace<T>(): Place<T> {
  return { kept: undefined, key: undefined, byValue: undefined, others: undefined };
}
