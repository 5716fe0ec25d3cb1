import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

/** npm's names of packages, with their exact versions. */
export type Dependencies = Readonly<Record<string, string>>;

/** Where something is installed, or why it is nowhere. */
export type Installation =
  | { readonly folder: string; readonly missing?: undefined }
  | { readonly missing: string; readonly folder?: undefined };

const INSTALL_MILLIS = 110_000;
const OPTIONS = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];

/**
 * Installs packages of npm once, in a cache outside of the tree, so that tests find them as a user's application has them
 * and nothing of this repository. Whatever is asked for differently is a folder of its own.
 * @param name of the folder in the cache; a hash of what is asked for, the system and the processor come behind it
 * @param applications what is installed, by the folder inside of it: `.` for none
 * @param options further ones of `npm install`
 */
export function installOnce(
  name: string,
  applications: Readonly<Record<string, Dependencies>>,
  options: readonly string[] = [],
): Installation {
  const asked = JSON.stringify([applications, options]);
  const key = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `${name}-${key}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return { folder };
  mkdirSync(cacheFolder(process.env), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  for (const [inner, dependencies] of Object.entries(applications)) {
    const failed = install(join(fresh, inner), dependencies, options);
    if (failed === undefined) continue;
    rmSync(fresh, { recursive: true, force: true });
    return { missing: `npm install failed: ${failed}` };
  }
  // two test runs at the same time: the second finds what the first has made
  if (existsSync(folder)) rmSync(fresh, { recursive: true, force: true });
  else renameSync(fresh, folder);
  return { folder };
}

/** What npm said first when it failed. */
function install(cwd: string, dependencies: Dependencies, options: readonly string[]): string | undefined {
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const { status, stderr, error } = spawnSync('npm', ['install', ...OPTIONS, ...options], {
    cwd,
    encoding: 'utf8',
    timeout: INSTALL_MILLIS,
  });
  return status === 0 ? undefined : (error?.message ?? stderr).trim().split('\n')[0];
}
