import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { cachedCollector } from './collector-cache.mjs';
import { configArguments } from './collector-configs.mjs';
import { isExecutable, onPath } from './executable-file.mjs';
import { collectorConfigFolder } from './repository.mjs';

/**
 * @typedef {{ path: string, origin: string }} FoundCollector `origin` says where it came from, for a person
 * @typedef {{ found?: FoundCollector, notes: string[], wrong?: boolean }} CollectorSearch
 *   `notes`: what was looked at and not taken, and why. `wrong`: OTELCOL is set to something that cannot be run; then
 *   nothing else is tried, because running another Collector than the one that was asked for would mislead.
 */

const namesOnPath = ['otelcol', 'otelcol-contrib'];

/**
 * Why a Collector that happens to be installed cannot load our base configuration (too old, a component missing), or
 * undefined when it can.
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @param {string} configFolder
 */
function whyUnfit(path, env, configFolder) {
  const files = ['base.yaml', 'files.yaml', 'prometheus.yaml'].map((file) => join(configFolder, file));
  const { status, error, stderr } = spawnSync(path, ['validate', ...configArguments(files)], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim().split('\n')[0] || `validate ended with ${status}`);
}

/**
 * Finds a Collector without building one: `OTELCOL`, then `otelcol` and `otelcol-contrib` on the PATH when they can load
 * collector-config/base.yaml, then what `npm run collector` built earlier.
 * @param {NodeJS.ProcessEnv} env
 * @returns {CollectorSearch}
 */
export function findCollector(env, configFolder = collectorConfigFolder) {
  /** @type {string[]} */
  const notes = [];
  if (env.OTELCOL) {
    const path = resolve(env.OTELCOL);
    if (isExecutable(path)) return { found: { path, origin: 'OTELCOL' }, notes };
    return { notes: [`OTELCOL is set to ${env.OTELCOL}, which is not an executable file`], wrong: true };
  }
  for (const name of namesOnPath) {
    const path = onPath(name, env);
    if (path === undefined) continue;
    const reason = whyUnfit(path, env, configFolder);
    if (reason === undefined) return { found: { path, origin: 'PATH' }, notes };
    notes.push(`${path} is passed over: it cannot load collector-config/base.yaml (${reason})`);
  }
  const cached = cachedCollector(env, configFolder);
  if (cached !== undefined) return { found: { path: cached, origin: 'cache' }, notes };
  notes.push('no Collector in OTELCOL, on the PATH (otelcol, otelcol-contrib) or in the cache');
  return { notes };
}
