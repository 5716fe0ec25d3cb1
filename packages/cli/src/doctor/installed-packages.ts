import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A copy of a package on the disk. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** From the working directory. */
  readonly path: string;
}

/** A tree that is larger is looked at in part. */
const MOST_FOLDERS = 20_000;

/** The copies of packages of a scope that a program in `cwd` can load, whichever package of its tree loads them. */
export function installedPackages(scope: string, cwd: string): InstalledPackage[] {
  const seen = new Set<string>();
  const found: InstalledPackage[] = [];
  const waiting = modulesAbove(cwd);
  for (let folder = waiting.pop(); folder !== undefined && seen.size < MOST_FOLDERS; folder = waiting.pop()) {
    for (const { name, path } of packagesIn(folder)) {
      const real = realPath(path);
      if (real === undefined || seen.has(real)) continue;
      seen.add(real);
      if (name.startsWith(`${scope}/`)) {
        const version = versionOf(real);
        if (version !== undefined) found.push({ name, version, path: relative(cwd, real) || '.' });
      }
      waiting.push(join(real, 'node_modules'));
      // a store as pnpm has it: the packages that a package sees lie beside it
      if (real !== path && dirname(real).includes('node_modules')) waiting.push(real.slice(0, real.lastIndexOf(name)));
    }
  }
  return found.sort((a, b) => a.name.localeCompare(b.name) || a.path.localeCompare(b.path));
}

function modulesAbove(cwd: string): string[] {
  const folders = [join(cwd, 'node_modules')];
  for (let folder = cwd; dirname(folder) !== folder; folder = dirname(folder)) {
    folders.push(join(dirname(folder), 'node_modules'));
  }
  return folders;
}

function packagesIn(folder: string): { name: string; path: string }[] {
  const visible = names(folder).filter((name) => !name.startsWith('.'));
  return visible.flatMap((name) =>
    name.startsWith('@')
      ? names(join(folder, name)).map((inner) => ({ name: `${name}/${inner}`, path: join(folder, name, inner) }))
      : [{ name, path: join(folder, name) }],
  );
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function versionOf(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
