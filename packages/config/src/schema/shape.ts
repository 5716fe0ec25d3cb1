import { Choice, Described, Group, List, type Schema, Table } from './schema.js';

/** What walking along a schema needs to know of one of its places. */
export interface Shape {
  /** Known keys with the schemas of their values; undefined where there are no fixed keys. */
  readonly keys: Readonly<Record<string, Schema>> | undefined;
  /** True: keys that are not known are kept. */
  readonly open: boolean;
  /** The schema of what stands under any key, or in any place of a list. */
  readonly items: Schema | undefined;
}

const nothing: Shape = { keys: undefined, open: false, items: undefined };

/** The shape behind optional fields and alternatives. */
export function shapeOf(schema: Schema): Shape {
  if (schema instanceof Group) return { keys: schema.keys, open: schema.isOpen, items: undefined };
  if (schema instanceof Table || schema instanceof List) return { keys: undefined, open: false, items: schema.items };
  if (schema instanceof Described) return shapeOf(schema.inner);
  if (schema instanceof Choice) {
    return schema.options.map(shapeOf).find(({ keys, items }) => keys !== undefined || items !== undefined) ?? nothing;
  }
  return nothing;
}
