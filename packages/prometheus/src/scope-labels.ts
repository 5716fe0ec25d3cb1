import { type Label, labelsOf } from './label-set.js';

const name = 'otel_scope_name';
const version = 'otel_scope_version';
const schemaUrl = 'otel_scope_schema_url';
const fixed: ReadonlySet<string> = new Set([name, version, schemaUrl]);

/**
 * The labels that tell an instrumentation scope: name, version and schema URL always, also when empty, and its attributes
 * with the prefix `otel_scope_`, except those that would take one of the three names (specification,
 * "Instrumentation Scope").
 */
export function scopeLabels(scope: unknown): Label[] {
  const given = (typeof scope === 'object' && scope !== null ? scope : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return [
    { key: name, name, value: text(given.name) },
    { key: version, name: version, value: text(given.version) },
    { key: schemaUrl, name: schemaUrl, value: text(given.schemaUrl) },
    ...labelsOf(given.attributes, 'otel_scope_').filter((label) => !fixed.has(label.name)),
  ];
}
