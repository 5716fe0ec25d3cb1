/** What every instrumentation made with `@opentelemetry/instrumentation` has, read with care: it may be of any version. */
export interface Instrumentation {
  readonly instrumentationName: string;
  readonly instrumentationVersion: string;
  enable(): void;
  disable(): void;
  getModuleDefinitions?(): readonly ModuleDefinition[];
}

/** A library that an instrumentation patches; what was patched stands in it afterwards. */
export interface ModuleDefinition {
  readonly name: string;
  readonly moduleVersion?: string;
  readonly moduleExports?: unknown;
  readonly files?: readonly { readonly name: string; readonly moduleExports?: unknown }[];
}

export type InstrumentationClass = new (options: object) => Instrumentation;

/** The class that a package exports, whatever its name: `ExpressInstrumentation`, `FastifyOtelInstrumentation`. */
export function instrumentationClass(exported: Record<string, unknown>): InstrumentationClass | undefined {
  const found = Object.entries(exported).find(
    ([name, value]) =>
      /Instrumentation$/.test(name) && typeof value === 'function' && isInstrumentation(value.prototype),
  );
  return found?.[1] as InstrumentationClass | undefined;
}

/** The libraries that an instrumentation would patch; none when it listens to a library's own events. */
export function definitionsOf(instrumentation: Instrumentation): readonly ModuleDefinition[] {
  return instrumentation.getModuleDefinitions?.() ?? [];
}

/**
 * The same as they stand after the program has loaded some. The base class gives new ones to whoever asks by its method,
 * so these are read where it keeps them, one instrumentation below another included (that of redis is two).
 */
export function liveDefinitionsOf(instrumentation: object): readonly ModuleDefinition[] {
  const parts = [instrumentation, ...Object.values(instrumentation)];
  return parts.flatMap((part) => {
    const modules = (part as { _modules?: unknown } | null | undefined)?._modules;
    return Array.isArray(modules) ? (modules as ModuleDefinition[]) : [];
  });
}

function isInstrumentation(prototype: unknown): boolean {
  const { enable, disable } = (prototype ?? {}) as Partial<Instrumentation>;
  return typeof enable === 'function' && typeof disable === 'function';
}
