export const SCOPE_NAME = 'otel_scope_name';
export const SCOPE_VERSION = 'otel_scope_version';
export const SCOPE_SCHEMA_URL = 'otel_scope_schema_url';

/** Every series has them, also empty. */
export const alwaysThere: ReadonlySet<string> = new Set([SCOPE_NAME, SCOPE_VERSION, SCOPE_SCHEMA_URL]);
