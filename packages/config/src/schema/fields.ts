import { Choice, Described, FreeForm, Group, Hook, List, Scalar, type Schema, Table, type ValueOf } from './schema.js';

/**
 * The kinds of values. Every message of a schema is the end of the sentence "expected …", so that an error can say
 * what belongs there.
 */

/** Longest delay that a timer of Node takes; with more it fires at once. */
export const MAX_TIMER_MILLIS = 2_147_483_647;

const MAX_TEXT = 4_096;

/** An optional field with its description. */
export function described<T>(description: string, schema: Schema<T>): Described<T> {
  return new Described(description, schema);
}

export const flag = (expected = 'true or false') =>
  new Scalar<boolean>(expected, (value) => typeof value === 'boolean', { type: 'boolean' });

/** Text that is not empty and has no control characters. */
export function text(expected = 'text') {
  return new Scalar<string>(
    `${expected} (1 to ${MAX_TEXT} characters, no control characters)`,
    (value) => typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && !/\p{Cc}/u.test(value),
    { type: 'string', minLength: 1, maxLength: MAX_TEXT },
  );
}

/** Text that passes a test which JSON Schema has no word for. */
export function textThat(isFit: (value: string) => boolean, expected: string | ((value: unknown) => string)) {
  return new Scalar<string>(expected, (value) => typeof value === 'string' && isFit(value), { type: 'string' });
}

export function textLike(pattern: RegExp, expected: string) {
  return new Scalar<string>(expected, (value) => typeof value === 'string' && pattern.test(value), {
    type: 'string',
    pattern: pattern.source,
  });
}

export function whole(least: number, most: number, unit = '') {
  return new Scalar<number>(
    `a whole number${unit && ` of ${unit}`} from ${least} to ${most}`,
    (value) => Number.isSafeInteger(value) && isBetween(least, most, value),
    { type: 'integer', minimum: least, maximum: most },
  );
}

export function amount(least: number, most: number, unit = '') {
  return new Scalar<number>(
    `a number${unit && ` of ${unit}`} from ${least} to ${most}`,
    (value) => isBetween(least, most, value),
    { type: 'number', minimum: least, maximum: most },
  );
}

export const millis = (least = 1) => whole(least, MAX_TIMER_MILLIS, 'milliseconds');

export const share = () => amount(0, 1);

export function oneOf<const T extends string>(...values: T[]): Scalar<T> {
  return oneOfOr(values, () => undefined);
}

/** The same, with words of its own for some value that is none of them. */
export function oneOfOr<const T extends string>(
  values: readonly T[],
  hint: (value: unknown) => string | undefined,
): Scalar<T> {
  const expected = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  const words = (value: unknown) => {
    const more = hint(value);
    return more === undefined ? expected : `${expected}: ${more}`;
  };
  return new Scalar<T>(words, (value) => values.includes(value as T), { type: 'string', enum: [...values] });
}

/** A list. A long one is a mistake, or an attack. */
export function list<T>(items: string, schema: Schema<T>) {
  return new List<T[]>(`a list of at most 1000 ${items}`, schema, 1_000);
}

type Keys = Readonly<Record<string, Schema>>;
type ValuesOf<K extends Keys> = {
  [Key in keyof K as K[Key] extends Described<unknown> ? never : Key]: ValueOf<K[Key]>;
} & { [Key in keyof K as K[Key] extends Described<unknown> ? Key : never]?: ValueOf<K[Key]> };

export function group<const K extends Keys>(keys: K) {
  return new Group<ValuesOf<K>>(keys, false);
}

/** A group that keeps keys it does not know: what later versions may understand. */
export function openGroup<const K extends Keys>(keys: K) {
  return new Group<ValuesOf<K>>(keys, true);
}

export function table<T>(schema: Schema<T>) {
  return new Table<Record<string, T>>(schema);
}

/** Settings of something that we only hand them on to. */
export const freeForm = () => new FreeForm<Readonly<Record<string, unknown>>>();

/** A function, which code alone can give. */
export const hook = <T>() => new Hook<T>('a function, which code alone can give');

/** A group that is switched off as a whole by `false`. */
export function switchable<T>(schema: Schema<T>) {
  const off = new Scalar<false>('false', (value) => value === false, { type: 'boolean', const: false });
  return new Choice<T | false>('false or an object', [off, schema]);
}

function isBetween(least: number, most: number, value: unknown): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
