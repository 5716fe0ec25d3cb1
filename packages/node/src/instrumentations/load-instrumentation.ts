import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { type ApplicationModules, type FoundModule, modulesOf } from './application-modules.js';
import { type Instrumentation, instrumentationClass } from './instrumentation.js';
import type { KnownInstrumentation } from './known-instrumentations.js';
import { patchLibrary } from './library-patch.js';

const API = '@opentelemetry/api';

/** An instrumentation that was loaded and patches, or will patch, its library. */
export interface LoadedInstrumentation {
  readonly instrumentation: Instrumentation;
  /** The file of the package whose copy of `@opentelemetry/instrumentation` patches. */
  readonly path: string;
  readonly version: string;
}

/**
 * Loads and enables one instrumentation that the application has installed.
 *
 * @throws Error whose message says why it cannot be used; whatever loading the package throws
 */
export function loadInstrumentation(
  known: KnownInstrumentation,
  found: FoundModule,
  modules: ApplicationModules,
  options: object,
): LoadedInstrumentation {
  checkApi(known.patch === undefined ? modulesOf(found.path) : modules);
  if (known.patch !== undefined) {
    const patch = patchLibrary(known.patch, modules, found, options);
    return { instrumentation: patch, path: patch.base.path, version: versionOf(found.path) };
  }
  const Class = instrumentationClass(found.load());
  if (Class === undefined) throw new Error('it exports no class of an instrumentation');
  // the constructor enables it
  const instrumentation = new Class({ ...known.options, ...options });
  return { instrumentation, path: found.path, version: String(instrumentation.instrumentationVersion) };
}

/**
 * An instrumentation that sees another API than ours records nothing and says nothing: the API hands out what was
 * registered to its own major version only, and to no later minor one.
 */
function checkApi(modules: ApplicationModules): void {
  const api = modules.find(API);
  if (api === undefined) throw new Error(`it needs ${API}, which is not installed`);
  const { trace: theirs } = api.load() as { trace?: typeof trace };
  if (theirs?.getTracerProvider() === trace.getTracerProvider()) return;
  throw new Error(`it loads ${API} ${versionOf(api.path)} in ${dirname(api.path)}, which does not see ours`);
}

/** The version of the package that a file belongs to; `unknown` when its manifest cannot be read. */
function versionOf(file: string): string {
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    try {
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
      // some packages have manifests inside that say no more than which kind of modules follows
      if (typeof version === 'string') return version;
    } catch {
      return 'unknown';
    }
  }
  return 'unknown';
}
