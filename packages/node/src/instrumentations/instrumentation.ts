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

/** The libraries that an instrumentation patches; none when it listens to a library's own events. */
export function definitionsOf(instrumentation: Instrumentation): readonly ModuleDefinition[] {
  return instrumentation.getModuleDefinitions?.() ?? [];
}

function isInstrumentation(prototype: unknown): boolean {
  const { enable, disable } = (prototype ?? {}) as Partial<Instrumentation>;
  return typeof enable === 'function' && typeof disable === 'function';
}
