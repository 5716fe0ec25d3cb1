import { Choice, Described, FreeForm, Group, List, type Schema, Table } from './schema.js';

/** What walking along a schema needs to know of one of its places. */
export interface Shape {
  /** Known keys with the schemas of their values; undefined where there are no fixed keys. */
  readonly keys: Readonly<Record<string, Schema>> | undefined;
  /** True: keys that are not known are kept. */
  readonly open: boolean;
  /** The schema of what stands under any key, or in any place of a list. */
  readonly items: Schema | undefined;
  /** True: an object is kept as it is given. */
  readonly isFree: boolean;
}

const nothing: Shape = { keys: undefined, open: false, items: undefined, isFree: false };

/** The shape behind optional fields and alternatives. */
export function shapeOf(schema: Schema): Shape {
  if (schema instanceof Group) return { ...nothing, keys: schema.keys, open: schema.isOpen };
  if (schema instanceof Table || schema instanceof List) return { ...nothing, items: schema.items };
  if (schema instanceof FreeForm) return { ...nothing, isFree: true };
  if (schema instanceof Described) return shapeOf(schema.inner);
  if (schema instanceof Choice) {
    return schema.options.map(shapeOf).find(({ keys, items }) => keys !== undefined || items !== undefined) ?? nothing;
  }
  return nothing;
}
