import * as z from 'zod/mini';

/**
 * The kinds of values. Every message of a schema is the end of the sentence "expected …", so that an error can say
 * what belongs there.
 */

/** Longest delay that a timer of Node takes; with more it fires at once. */
export const MAX_TIMER_MILLIS = 2_147_483_647;

const MAX_TEXT = 4_096;

/** Descriptions for the JSON Schema, by schema. */
export const descriptions = z.registry<{ description: string }>();

/** An optional field with its description. */
export function described<T extends z.core.$ZodType>(description: string, schema: T): z.ZodMiniOptional<T> {
  const optional = z.optional(schema);
  descriptions.add(optional, { description });
  return optional;
}

export const flag = () => z.boolean({ error: 'true or false' });

/** Text that is not empty and has no control characters. */
export function text(expected = 'text') {
  const error = `${expected} (1 to ${MAX_TEXT} characters, no control characters)`;
  return z.string({ error }).check(
    z.minLength(1, { error }),
    z.maxLength(MAX_TEXT, { error }),
    z.refine((value) => !/\p{Cc}/u.test(value), { error }),
  );
}

export function whole(least: number, most: number, unit = '') {
  const error = `a whole number${unit && ` of ${unit}`} from ${least} to ${most}`;
  return z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }));
}

export function amount(least: number, most: number, unit = '') {
  const error = `a number${unit && ` of ${unit}`} from ${least} to ${most}`;
  return z.number({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }));
}

export const millis = (least = 1) => whole(least, MAX_TIMER_MILLIS, 'milliseconds');

export const share = () => amount(0, 1);

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, { error: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}` });
}

/** A list. A long one is a mistake, or an attack. */
export function list<T extends z.core.$ZodType>(items: string, schema: T) {
  const error = `a list of at most 1000 ${items}`;
  return z.array(schema, { error }).check(z.maxLength(1_000, { error }));
}

export function group<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.object(shape, { error: 'an object' });
}

/** A group that keeps keys it does not know: what later versions may understand. */
export function openGroup<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.looseObject(shape, { error: 'an object' });
}

export function table<T extends z.core.$ZodType>(schema: T) {
  return z.record(z.string(), schema, { error: 'an object' });
}

/** A group that is switched off as a whole by `false`. */
export function switchable<T extends z.core.$ZodType>(schema: T) {
  return z.union([z.literal(false), schema], { error: 'false or an object' });
}
