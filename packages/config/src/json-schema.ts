import { defaults } from './defaults.js';
import { isPlainObject } from './layers/plain-data.js';
import { toSnakeCase } from './schema/key-spelling.js';
import { Choice, Described, Group, Hook, type JsonSchema, List, type Schema, Table } from './schema/schema.js';
import { settingsSchema } from './schema/settings.js';

/**
 * The JSON Schema (draft 2020-12) of the configuration file, generated from the schema that checks it: snake_case
 * keys, with descriptions and defaults. Unknown keys are allowed, as they are a warning and no error.
 */
export function configJsonSchema(): object {
  const { properties, ...rest } = inFileForm(jsonOf(settingsSchema), defaults);
  const keys = Object.keys(properties as JsonSchema);
  const referred = Object.fromEntries(keys.map((key) => [key, { $ref: `#/$defs/${key}` }]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'otel-monitor configuration',
    description: 'The configuration file. The settings may stand in "monitoring" or at the root.',
    ...rest,
    properties: {
      $schema: { type: 'string', description: 'The address of this schema, for editors.' },
      monitoring: { ...rest, description: 'The settings; they win over those at the root.', properties: referred },
      ...referred,
    },
    $defs: properties,
  };
}

/** A schema in the words of JSON Schema, keys as they are in code. */
function jsonOf(schema: Schema): JsonSchema {
  if (schema instanceof Described) return { description: schema.description, ...jsonOf(schema.inner) };
  if (schema instanceof List) return { maxItems: schema.most, type: 'array', items: jsonOf(schema.items) };
  if (schema instanceof Choice) return { anyOf: schema.options.map(jsonOf) };
  if (schema instanceof Table) {
    return { type: 'object', propertyNames: { type: 'string' }, additionalProperties: jsonOf(schema.items) };
  }
  // no file can hold a function
  if (schema instanceof Hook) return {};
  if (!(schema instanceof Group)) return schema.json;
  const keys = Object.entries(schema.keys).filter(([, inner]) => !isHook(inner));
  const required = keys.filter(([, inner]) => !(inner instanceof Described)).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map(([key, inner]) => [key, jsonOf(inner)])),
    ...(required.length > 0 && { required }),
    ...(schema.isOpen && { additionalProperties: {} }),
  };
}

function isHook(schema: Schema): boolean {
  return schema instanceof Hook || (schema instanceof Described && isHook(schema.inner));
}

/** Keys in snake_case, defaults put in, no key forbidden. */
function inFileForm(schema: JsonSchema, byDefault: unknown): JsonSchema {
  const { properties, required, additionalProperties, items, anyOf, ...rest } = schema;
  const done: JsonSchema = { ...rest };
  if (isPlainObject(properties)) {
    const group: Record<string, unknown> = isPlainObject(byDefault) ? byDefault : {};
    done.properties = Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [toSnakeCase(key), inFileForm(inner as JsonSchema, group[key])]),
    );
  } else if (byDefault !== undefined && !isPlainObject(byDefault)) {
    done.default = byDefault;
  }
  if (Array.isArray(required)) done.required = required.map((key) => toSnakeCase(String(key)));
  if (isPlainObject(additionalProperties) && Object.keys(additionalProperties).length > 0) {
    done.additionalProperties = inFileForm(additionalProperties, undefined);
  }
  if (isPlainObject(items)) done.items = inFileForm(items, undefined);
  if (Array.isArray(anyOf)) {
    done.anyOf = anyOf.map((each: JsonSchema) => inFileForm(each, each.properties ? byDefault : undefined));
  }
  return done;
}
