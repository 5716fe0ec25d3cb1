import type fs from 'node:fs';
import type path from 'node:path';

const MAX_PARENTS = 32;
let known: { readonly root: string | undefined } | undefined;

/**
 * The folder of the application that runs, with `/` between its parts: the nearest one above the main script that has a
 * package.json, or the one that the runner's `node_modules` stands in. Undefined where there is no such folder. Looked for
 * once, by a few questions to the file system that Node itself has asked before.
 */
export function applicationRoot(): string | undefined {
  known ??= { root: findRoot(process.argv[1]) };
  return known.root;
}

/** The same for a given main script. */
export function findRoot(main: string | undefined): string | undefined {
  if (main === undefined || main === '') return undefined;
  try {
    const { existsSync, realpathSync } = process.getBuiltinModule('node:fs') as typeof fs;
    const { dirname, join } = process.getBuiltinModule('node:path') as typeof path;
    const script = realpathSync(main);
    const installed = script.search(/[\\/]node_modules[\\/]/);
    if (installed !== -1) return normal(script.slice(0, installed));
    let folder = dirname(script);
    for (let up = 0; up < MAX_PARENTS; up += 1) {
      if (existsSync(join(folder, 'package.json'))) return normal(folder);
      const parent = dirname(folder);
      if (parent === folder) return undefined;
      folder = parent;
    }
  } catch {
    // no main script, or one that is no file: paths are judged by themselves
  }
  return undefined;
}

function normal(folder: string): string | undefined {
  const root = folder.replaceAll('\\', '/').replace(/^[A-Za-z]:/, '');
  return root === '' || root === '/' ? undefined : root;
}
