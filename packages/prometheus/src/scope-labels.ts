import { type Label, labelsOf } from './label-set.js';
import { alwaysThere, SCOPE_NAME, SCOPE_SCHEMA_URL, SCOPE_VERSION } from './scope-label-names.js';

/**
 * The labels that tell an instrumentation scope: name, version and schema URL always, also when empty, and its attributes
 * with the prefix `otel_scope_`, except those that would take one of the three names (specification,
 * "Instrumentation Scope").
 */
export function scopeLabels(scope: unknown): Label[] {
  const given = (typeof scope === 'object' && scope !== null ? scope : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return [
    { key: SCOPE_NAME, name: SCOPE_NAME, value: text(given.name) },
    { key: SCOPE_VERSION, name: SCOPE_VERSION, value: text(given.version) },
    { key: SCOPE_SCHEMA_URL, name: SCOPE_SCHEMA_URL, value: text(given.schemaUrl) },
    ...labelsOf(given.attributes, 'otel_scope_').filter((label) => !alwaysThere.has(label.name)),
  ];
}
