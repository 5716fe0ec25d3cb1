/** A combination with a longer value or key is not kept. */
const MAX_KEPT_LENGTH = 256;
const MAX_KEYS = 16;

/** How many places may still be taken: a combination takes one for each of its dimensions. */
export interface Room {
  places: number;
}

/** What is kept for the dimensions up to one place, and where the next one leads. */
class Place<T> {
  kept: T | undefined;
  /** The first dimension that was met here: most places never see a second, and need no table. */
  key: string | undefined;
  value: unknown;
  next: Place<T> | undefined;
  others: Map<string, Map<unknown, Place<T>>> | undefined;
}

/**
 * Finds what was made for a combination of dimensions by their keys and values, one look-up each and no text in between.
 * Keys in another order are another combination here: what is made for both is the same. Where there is no room nothing
 * more is kept.
 */
export class KeptCombinations<T> {
  readonly #root = new Place<T>();

  /** @param room what is left of it goes down; tables that share it have room for so much together */
  constructor(private readonly room: Room) {}

  /** What is kept for these dimensions. Total on any input. */
  get(dimensions: object): T | undefined {
    let place: Place<T> | undefined = this.#root;
    try {
      for (const key in dimensions) {
        const value = (dimensions as Record<string, unknown>)[key];
        if (value === undefined) continue;
        place = nextOf(place, key, value);
        if (place === undefined) return undefined;
      }
    } catch {
      return undefined;
    }
    return place.kept;
  }

  /** Keeps `kept` for these dimensions, if there is room and they are readable scalars of at most 256 characters. */
  set(dimensions: object, kept: T): void {
    let place: Place<T> | undefined = this.#root;
    let keys = 0;
    try {
      for (const key in dimensions) {
        const value = (dimensions as Record<string, unknown>)[key];
        if (value === undefined) continue;
        keys += 1;
        if (keys > MAX_KEYS) return;
        place = nextOf(place, key, value) ?? this.#add(place, key, value);
        if (place === undefined) return;
      }
    } catch {
      return;
    }
    place.kept = kept;
  }

  #add(place: Place<T>, key: string, value: unknown): Place<T> | undefined {
    if (this.room.places <= 0 || key.length > MAX_KEPT_LENGTH || !isKept(value)) return undefined;
    this.room.places -= 1;
    const next = new Place<T>();
    if (place.next === undefined) {
      place.key = key;
      place.value = value;
      place.next = next;
      return next;
    }
    place.others ??= new Map();
    const values = place.others.get(key) ?? new Map<unknown, Place<T>>();
    values.set(value, next);
    place.others.set(key, values);
    return next;
  }
}

function nextOf<T>(place: Place<T>, key: string, value: unknown): Place<T> | undefined {
  if (place.key === key && place.value === value) return place.next;
  return place.others?.get(key)?.get(value);
}

function isKept(value: unknown): boolean {
  const type = typeof value;
  return type === 'string' ? (value as string).length <= MAX_KEPT_LENGTH : type === 'number' || type === 'boolean';
}
