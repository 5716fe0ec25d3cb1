import { join, resolve } from 'node:path';
import { builtEarlier, cacheFolder } from './collector-cache.mjs';
import { isExecutable, onPath } from './executable-file.mjs';

/** The module that is built. Its own version; the program calls itself Jaeger 2. */
export const jaegerModule = { path: 'github.com/jaegertracing/jaeger', version: '1.76.0' };

export const jaegerExecutable = process.platform === 'win32' ? 'jaeger.exe' : 'jaeger';

const cacheName = `jaeger-${jaegerModule.version}-${process.platform}-${process.arch}`;

/**
 * The folder that a build with this Go goes to.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} release
 */
export function jaegerFolder(env, release) {
  return join(cacheFolder(env), `${cacheName}-go${release}`);
}

/**
 * Finds a Jaeger 2 without building one: `JAEGER`, then `jaeger` on the PATH, then what was built earlier, by whichever
 * release of Go where this one has built none.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ path?: string, notes: string[] }} `notes`: what was looked at and not taken, and why. Where JAEGER is set to
 *   something that cannot be run, nothing else is tried
 */
export function findJaeger(env) {
  if (env.JAEGER) {
    const path = resolve(env.JAEGER);
    if (isExecutable(path)) return { path, notes: [] };
    return { notes: [`JAEGER is set to ${env.JAEGER}, which is not an executable file`] };
  }
  const path = onPath('jaeger', env) ?? builtEarlier(env, cacheName, jaegerExecutable, isExecutable);
  return path === undefined
    ? { notes: ['no Jaeger in JAEGER, on the PATH (jaeger) or in the cache'] }
    : { path, notes: [] };
}
