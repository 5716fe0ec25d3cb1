import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { type ApplicationModules, type FoundModule, type Modules, modulesOf } from './application-modules.js';
import { type Instrumentation, instrumentationClass } from './instrumentation.js';
import type { KnownInstrumentation } from './known-instrumentations.js';
import { PATCHING_PACKAGE, patchLibrary } from './library-patch.js';

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
  modules: ApplicationModules,
  options: object,
): LoadedInstrumentation {
  const found = installed(modules, known.package);
  checkApi(found);
  if (known.patch !== undefined) {
    const base = installed(modules, PATCHING_PACKAGE);
    checkApi(base);
    const instrumentation = patchLibrary(known.patch, base, found, options);
    return { instrumentation, path: base.path, version: packageOf(found.path).version };
  }
  const Class = instrumentationClass(found.load());
  if (Class === undefined) throw new Error('it exports no class of an instrumentation');
  // the constructor enables it
  const instrumentation = new Class({ ...known.options, ...options });
  return { instrumentation, path: found.path, version: String(instrumentation.instrumentationVersion) };
}

function installed(modules: Modules, name: string): FoundModule {
  const found = modules.find(name);
  if (found === undefined) throw new Error(`it needs ${name}, which is not installed`);
  return found;
}

/**
 * An instrumentation that sees another API than ours records nothing and says nothing: the API hands out what was
 * registered to its own major version only, and to no later minor one.
 */
function checkApi(user: FoundModule): void {
  const api = installed(modulesOf(user.path), '@opentelemetry/api');
  const { trace: theirs } = api.load() as { trace?: typeof trace };
  if (theirs?.getTracerProvider() === trace.getTracerProvider()) return;
  const { version, folder } = packageOf(api.path);
  throw new Error(`it loads @opentelemetry/api ${version} in ${folder}, which does not see ours`);
}

/** The package that a file belongs to. */
function packageOf(file: string): { readonly version: string; readonly folder: string } {
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const version = versionIn(join(folder, 'package.json'));
    // some packages have manifests inside that say no more than which kind of modules follows
    if (version !== undefined) return { version, folder };
  }
  return { version: '(of unknown version)', folder: dirname(file) };
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
