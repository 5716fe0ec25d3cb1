import { report } from '@otel-monitor/runtime';
import type { FoundModule } from './application-modules.js';
import type { Instrumentation, InstrumentationClass, ModuleDefinition } from './instrumentation.js';

/** The application's own way of patching libraries, by `require()` and by `import`. */
export const PATCHING_PACKAGE = '@opentelemetry/instrumentation';

/** How we patch a library that no instrumentation of OpenTelemetry patches. */
export interface LibraryPatch {
  /** The library, as it is imported. */
  readonly library: string;
  /** Ranges of its versions. */
  readonly versions: readonly string[];
  /**
   * What stands in the place of the library's exports, by name.
   *
   * @param exported what the library exports
   * @param found the package of the table, loaded or not
   * @param options those of the settings
   */
  replace(exported: Exports, found: FoundModule, options: object): Exports;
}

export type Exports = Record<string, unknown>;

interface Base {
  readonly InstrumentationBase: InstrumentationClass;
  readonly InstrumentationNodeModuleDefinition: new (
    name: string,
    versions: readonly string[],
    patch: (exported: Exports) => Exports,
  ) => ModuleDefinition;
}

/** An instrumentation of ours on the application's own copy of `@opentelemetry/instrumentation`. */
export function patchLibrary(
  patch: LibraryPatch,
  base: FoundModule,
  found: FoundModule,
  options: object,
): Instrumentation {
  const { InstrumentationBase, InstrumentationNodeModuleDefinition } = base.load() as unknown as Base;
  class PatchedLibrary extends (InstrumentationBase as new (...args: unknown[]) => Instrumentation) {
    // called by the constructor of the base
    protected init(): ModuleDefinition {
      return new InstrumentationNodeModuleDefinition(patch.library, patch.versions, (exported) => {
        try {
          return replaced(exported, patch.replace(exported, found, options));
        } catch (error) {
          // the program loads its library as it is
          report('library-patch', `${patch.library} could not be patched: ${String(error)}`);
          return exported;
        }
      });
    }
  }
  return new PatchedLibrary(`@otel-monitor/node/${patch.library}`, '0.1.0', {});
}

/** The exports with some of them replaced: in place where that can be done, as under `import`, else as a copy. */
function replaced(exported: Exports, replacements: Exports): Exports {
  const names = Object.keys(replacements);
  for (const name of names) {
    try {
      exported[name] = replacements[name];
    } catch {
      // a getter, as compilers write exports
    }
  }
  if (names.every((name) => exported[name] === replacements[name])) return exported;
  const descriptors: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(exported);
  for (const name of names) descriptors[name] = { value: replacements[name], enumerable: true, writable: true };
  return Object.create(Object.getPrototypeOf(exported), descriptors) as Exports;
}
