import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, relative } from 'node:path';

/** A module of the application that was found and not loaded yet. */
export interface FoundModule {
  /** The file that `require()` would load. */
  readonly path: string;
  /** Loads it, as the application would. */
  readonly load: () => Record<string, unknown>;
}

/** Looks for modules in some places. */
export interface Modules {
  /** Undefined where it is not installed; throws when it is and its manifest does not let it be loaded. */
  find(name: string): FoundModule | undefined;
}

/** Looks for modules where the program itself would find them. */
export interface ApplicationModules extends Modules {
  /** Whether the program can load this library: what lies beside our package is none of its libraries. */
  hasLibrary(name: string): boolean;
}

/**
 * The modules that the program can load: from its entry point, then from its working directory, then beside this package,
 * where an image that is laid over many applications has them.
 *
 * @param entry the program's main file as `process.argv[1]` has it; undefined under `node -e`
 * @param own a file of this package
 */
export function applicationModules(entry: string | undefined, cwd: string, own: string): ApplicationModules {
  const places = [...(entry === undefined ? [] : [realPath(entry)]), cwd, own];
  const needed = places.filter((place, index) => !places.slice(0, index).some((earlier) => isAbove(place, earlier)));
  // a path of the main file serves as a folder as well: the walk to the root begins one step deeper
  const filesIn = (folders: readonly string[]) => folders.map((place) => `${place}/_`);
  const libraries = modulesFrom(filesIn(needed.filter((place) => place !== own)));
  return { ...modulesFrom(filesIn(needed)), hasLibrary: (name) => libraries.find(name) !== undefined };
}

/** The modules that the file at this path can load. */
export function modulesOf(path: string): Modules {
  return modulesFrom([path]);
}

function modulesFrom(files: readonly string[]): Modules {
  const requires = files.map((file) => createRequire(file));
  return {
    find(name) {
      for (const require of requires) {
        const path = resolved(require, name);
        if (path !== undefined) return { path, load: () => require(path) as Record<string, unknown> };
      }
      return undefined;
    },
  };
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  if (!isInSomeFolder(require, name)) return undefined;
  try {
    return require.resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The error of a module that is not there costs a start a hundred times what looking for its folder does. */
function isInSomeFolder(require: NodeJS.Require, name: string): boolean {
  // Yarn's Plug'n'Play has no folders
  if (process.versions.pnp !== undefined) return true;
  const folder = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  return require.resolve.paths(name)?.some((modules) => existsSync(join(modules, folder))) ?? true;
}

/** Whoever looks from `below` upwards comes by `place`. */
function isAbove(place: string, below: string): boolean {
  const way = relative(place, below);
  return !way.startsWith('..') && !isAbsolute(way);
}

/** Node runs the file behind a link, and looks for its modules there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
