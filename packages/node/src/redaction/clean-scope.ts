import { redactAttributes, redactName } from '@otel-monitor/runtime';

/** Gives out tracers, meters or loggers; all three take a name, a version, and options that may hold attributes. */
type GetScoped<Options, Scoped> = (name: string, version?: string, options?: Options) => Scoped;

/**
 * Who records: name and version of an instrumentation scope as they may leave, redacted where the scope is made instead of
 * on each of its items.
 */
export function withCleanScope<Options, Scoped>(get: GetScoped<Options, Scoped>): GetScoped<Options, Scoped> {
  return (name, version, options) => get(cleanOf(name), cleanOf(version), cleanOptions(options));
}

function cleanOf<T extends string | undefined>(text: T): T {
  return typeof text === 'string' ? (redactName(text) as T) : text;
}

function cleanOptions<Options>(options: Options): Options {
  const given = options as { schemaUrl?: unknown; attributes?: unknown } | undefined;
  if (typeof given !== 'object' || given === null) return options;
  const { schemaUrl, attributes } = given;
  return {
    ...given,
    ...(typeof schemaUrl === 'string' && { schemaUrl: redactName(schemaUrl) }),
    ...(typeof attributes === 'object' && attributes !== null && { attributes: redactAttributes(attributes) }),
  } as Options;
}
