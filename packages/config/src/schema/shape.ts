import type * as z from 'zod/mini';

/** What walking along a schema needs to know of one of its places. */
export interface Shape {
  /** Known keys with the schemas of their values; undefined where there are no fixed keys. */
  readonly keys: Readonly<Record<string, z.core.$ZodType>> | undefined;
  /** True: keys that are not known are kept. */
  readonly open: boolean;
  /** The schema of what stands under any key, or in any place of a list. */
  readonly items: z.core.$ZodType | undefined;
}

const nothing: Shape = { keys: undefined, open: false, items: undefined };

/** The shape behind optional fields and alternatives. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return { keys: def.shape, open: def.catchall !== undefined, items: undefined };
    case 'record':
      return { keys: undefined, open: false, items: def.valueType };
    case 'array':
      return { keys: undefined, open: false, items: def.element };
    case 'optional':
      return shapeOf(def.innerType);
    case 'union':
      return def.options.map(shapeOf).find(({ keys, items }) => keys !== undefined || items !== undefined) ?? nothing;
    default:
      return nothing;
  }
}
