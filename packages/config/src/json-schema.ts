import * as z from 'zod/mini';
import { defaults } from './defaults.js';
import { isPlainObject } from './layers/plain-data.js';
import { descriptions } from './schema/fields.js';
import { toSnakeCase } from './schema/key-spelling.js';
import { settingsSchema } from './schema/settings.js';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema (draft 2020-12) of the configuration file, generated from the schema that checks it: snake_case
 * keys, with descriptions and defaults. Unknown keys are allowed, as they are a warning and no error.
 */
export function configJsonSchema(): object {
  const generated = z.toJSONSchema(settingsSchema, { io: 'input', metadata: descriptions, unrepresentable: 'any' });
  const { $schema, ...settings } = generated as JsonSchema;
  const { properties, ...rest } = inFileForm(settings, defaults);
  const keys = Object.keys(properties as JsonSchema);
  const referred = Object.fromEntries(keys.map((key) => [key, { $ref: `#/$defs/${key}` }]));
  return {
    $schema,
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
