import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

/**
 * What is compared with and must not be a dependency here, by exact versions; msgpack reads what dd-trace sends.
 * @type {Record<string, string>}
 */
export const PEERS = JSON.parse(readFileSync(new URL('./peers.json', import.meta.url), 'utf8'));

const INSTALL_MILLIS = 300_000;
/** No scripts of other people run here; what they would build is optional. */
const OPTIONS = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];

/** @type {Peers | undefined} */
let installed;

/**
 * Where the peers are, or why they are nowhere.
 * @typedef {{ folder: string, failed?: undefined } | { failed: Error }} Peers
 */

/** The folder that the peers are installed in, once a run. Throws, with npm's first line, when they cannot be had. */
export function peersFolder() {
  installed ??= preparePeers(process.env, npmInstall);
  if (installed.failed !== undefined) throw installed.failed;
  return installed.folder;
}

/**
 * The address of a peer's module, for `import()`.
 * @param {string} name
 */
export function peerModule(name) {
  const folder = peersFolder();
  return pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href;
}

/**
 * Finds or makes the installation outside of the tree, beside the Collector's.
 * @param {NodeJS.ProcessEnv} env
 * @param {(folder: string) => void} install throws when it fails
 * @returns {Peers}
 */
export function preparePeers(env, install) {
  const key = createHash('sha256').update(JSON.stringify(PEERS)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(env), `benchmark-peers-${key}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return { folder };
  mkdirSync(join(folder, '..'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, dependencies: PEERS }));
    install(fresh);
    // whole or not at all: an installation that was interrupted is not found later
    renameSync(fresh, folder);
    return { folder };
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // another run may have been quicker
    return existsSync(folder) ? { folder } : { failed: /** @type {Error} */ (error) };
  }
}

/** @param {string} folder */
function npmInstall(folder) {
  process.stderr.write(`installing ${Object.keys(PEERS).join(', ')} into ${folder}\n`);
  const { status, stderr, error } = spawnSync('npm', ['install', ...OPTIONS], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_MILLIS,
  });
  if (status === 0) return;
  throw new Error(`npm install failed: ${(error?.message ?? stderr).trim().split('\n')[0]}`);
}
