/**
 * What a value of the configuration must be, as data: checked at every start, walked along by who reads keys in another
 * spelling, and written as JSON Schema. A library for it cost every start 1.5 MB and 10 ms.
 */
export type Schema<T = unknown> =
  | Scalar<T>
  | List<T>
  | Group<T>
  | Table<T>
  | FreeForm<T>
  | Hook<T>
  | Choice<T>
  | Described<T>;

/** The type of the values that fit. */
export type ValueOf<S> = S extends { readonly fits?: infer T } ? NonNullable<T> : never;

/** Something that is wrong: where, and the end of the sentence "expected …". */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

/** A part of a JSON Schema. */
export type JsonSchema = Record<string, unknown>;

/** Only for the compiler: which values fit. */
abstract class Typed<T> {
  declare readonly fits?: T;
}

/** One value: text, a number, true or false. */
export class Scalar<T> extends Typed<T> {
  constructor(
    /** How a message ends; a function of the value where one of the wrong ones deserves words of its own. */
    readonly expected: string | ((value: unknown) => string),
    readonly isFit: (value: unknown) => boolean,
    readonly json: JsonSchema,
  ) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    if (this.isFit(value)) return [];
    return [{ path: [], expected: typeof this.expected === 'string' ? this.expected : this.expected(value) }];
  }
}

/** A list of values of one kind. */
export class List<T> extends Typed<T> {
  constructor(
    readonly expected: string,
    readonly items: Schema,
    readonly most: number,
  ) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    if (!Array.isArray(value) || value.length > this.most) return [{ path: [], expected: this.expected }];
    return value.flatMap((item, index) => below(index, this.items.misfits(item)));
  }
}

/** Known keys, each with a kind of value. */
export class Group<T> extends Typed<T> {
  constructor(
    readonly keys: Readonly<Record<string, Schema>>,
    /** True: keys that are not known are kept. */
    readonly isOpen: boolean,
  ) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    if (!isObject(value)) return [{ path: [], expected: 'an object' }];
    return Object.entries(this.keys).flatMap(([key, schema]) => below(key, schema.misfits(value[key])));
  }
}

/** Any keys, with values of one kind. */
export class Table<T> extends Typed<T> {
  constructor(
    readonly items: Schema,
    /** What the keys must be, when not any text will do. */
    readonly keysExpected?: string,
    readonly isKey: (key: string) => boolean = () => true,
  ) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    if (!isObject(value)) return [{ path: [], expected: 'an object' }];
    const misfits = Object.entries(value).flatMap(([key, item]) => below(key, this.items.misfits(item)));
    if (misfits.length > 0 || this.keysExpected === undefined) return misfits;
    return Object.keys(value).every(this.isKey) ? [] : [{ path: [], expected: this.keysExpected }];
  }
}

/** An object that somebody else reads: its keys and what is below them are kept as they are. */
export class FreeForm<T> extends Typed<T> {
  readonly json: JsonSchema = { type: 'object' };

  misfits(value: unknown): Misfit[] {
    return isObject(value) ? [] : [{ path: [], expected: 'an object' }];
  }
}

/** A function of the application: code alone can give it, and no JSON Schema has a word for it. */
export class Hook<T> extends Typed<T> {
  constructor(readonly expected: string) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    return typeof value === 'function' ? [] : [{ path: [], expected: this.expected }];
  }
}

/** One of several kinds. */
export class Choice<T> extends Typed<T> {
  constructor(
    /** How a message ends; a function of the value where one of the wrong ones deserves words of its own. */
    readonly expected: string | ((value: unknown) => string),
    readonly options: readonly Schema[],
  ) {
    super();
  }

  /** Of alternatives the one that came furthest: of `false | {…}`, given an object, what is wrong within the object. */
  misfits(value: unknown): Misfit[] {
    const expected = typeof this.expected === 'string' ? this.expected : this.expected(value);
    let best: Misfit[] = [{ path: [], expected }];
    for (const option of this.options) {
      const misfits = option.misfits(value);
      if (misfits.length === 0) return [];
      if (misfits.some(({ path }) => path.length > 0)) best = misfits;
    }
    return best;
  }
}

/** A value that may be left out, with a description for the JSON Schema. */
export class Described<T> extends Typed<T> {
  readonly isOptional = true;

  constructor(
    readonly description: string,
    readonly inner: Schema<T>,
  ) {
    super();
  }

  misfits(value: unknown): Misfit[] {
    return value === undefined ? [] : this.inner.misfits(value);
  }
}

function below(key: PropertyKey, misfits: readonly Misfit[]): Misfit[] {
  return misfits.map(({ path, expected }) => ({ path: [key, ...path], expected }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
