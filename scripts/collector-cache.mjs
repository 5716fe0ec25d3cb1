import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @typedef {NodeJS.ProcessEnv} Env */

/** The name of the built executable. */
export const executableName = process.platform === 'win32' ? 'otelcol.exe' : 'otelcol';

/**
 * The folder for what is built once and used by every checkout: `OTELCOL_CACHE`, else `XDG_CACHE_HOME/otel-monitor`,
 * else `~/.cache/otel-monitor`. Outside the tree, so that a clean checkout still finds it.
 * @param {Env} env
 */
export function cacheFolder(env) {
  if (env.OTELCOL_CACHE) return env.OTELCOL_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'otel-monitor');
  return join(env.HOME || homedir(), '.cache', 'otel-monitor');
}

/**
 * Go's release line (`1.26` of `go1.26.8`), or undefined where there is no Go.
 * @param {Env} env
 */
export function goRelease(env) {
  const { stdout, status } = spawnSync('go', ['version'], { env, encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? /\bgo(\d+\.\d+)/.exec(stdout)?.[1] : undefined;
}

/**
 * What builder.yaml asks for: the Collector's version, and a name that changes with every byte of the file.
 * @param {string} configFolder
 */
export function readBuilder(configFolder) {
  const text = readFileSync(join(configFolder, 'builder.yaml'), 'utf8');
  const version = /^\s+version:\s*(\d+\.\d+\.\d+)\s*$/m.exec(text)?.[1];
  if (version === undefined)
    throw new Error('collector-config/builder.yaml: dist.version, such as 0.159.0, is missing');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { text, version, name: `otelcol-${version}-${hash}-${process.platform}-${process.arch}` };
}

/**
 * The folder that a build with this Go goes to.
 * @param {Env} env
 * @param {string} configFolder
 * @param {string} release
 */
export function buildFolder(env, configFolder, release) {
  return join(cacheFolder(env), `${readBuilder(configFolder).name}-go${release}`);
}

/**
 * The Collector that was built earlier from the same builder.yaml: by this release of Go, or, on a machine without Go
 * (a cache that was copied or mounted), by any.
 * @param {Env} env
 * @param {string} configFolder
 * @returns {string | undefined} the executable
 */
export function cachedCollector(env, configFolder) {
  const { name } = readBuilder(configFolder);
  const cache = cacheFolder(env);
  if (!existsSync(cache)) return undefined;
  const built = readdirSync(cache)
    .filter((entry) => entry.startsWith(`${name}-go`))
    .filter((entry) => existsSync(join(cache, entry, executableName)))
    .sort();
  if (built.length === 0) return undefined;
  const release = goRelease(env);
  const entry = release === undefined ? built.at(-1) : built.find((folder) => folder === `${name}-go${release}`);
  return entry === undefined ? undefined : join(cache, entry, executableName);
}

/**
 * What was built earlier for tests, by whichever release of Go where this one has built none.
 * @param {Env} env
 * @param {string} name of the folders of its builds, without `-goRELEASE` behind it
 * @param {string} inner what is wanted in such a folder
 * @param {(path: string) => boolean} isWhole
 * @returns {string | undefined} the path of `inner`
 */
export function builtEarlier(env, name, inner, isWhole) {
  const cache = cacheFolder(env);
  if (!existsSync(cache)) return undefined;
  const built = readdirSync(cache)
    .filter((entry) => entry.startsWith(`${name}-go`))
    .map((entry) => join(cache, entry, inner))
    .filter(isWhole)
    .sort();
  if (built.length < 2) return built[0];
  const ours = join(cache, `${name}-go${goRelease(env)}`, inner);
  return built.find((path) => path === ours) ?? built.at(-1);
}
