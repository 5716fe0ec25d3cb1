import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { builtEarlier, cacheFolder } from './collector-cache.mjs';
import { isExecutable, onPath } from './executable-file.mjs';

/** @typedef {import('./go-programs.mjs').GoProgram} GoProgram */

/** @param {string} name */
const fileOf = (name) => (process.platform === 'win32' ? `${name}.exe` : name);

/**
 * The file names of what is built: the program that is asked for, and those that lie beside it.
 * @param {GoProgram} program
 * @returns {{ executable: string, beside: string[] }}
 */
export function programFiles({ packages }) {
  const [executable, ...beside] = Object.keys(packages).map(fileOf);
  return { executable: /** @type {string} */ (executable), beside };
}

/** @param {GoProgram} program */
const cacheName = ({ name, module }) => `${name}-${module.version}-${process.platform}-${process.arch}`;

/**
 * The folder that a build with this Go goes to.
 * @param {GoProgram} program
 * @param {NodeJS.ProcessEnv} env
 * @param {string} release
 */
export function programFolder(program, env, release) {
  return join(cacheFolder(env), `${cacheName(program)}-go${release}`);
}

/**
 * What of a program is not beside it, or the program itself; nothing when all is there.
 * @param {GoProgram} program
 * @param {string} path
 */
function missingOf(program, path) {
  if (!isExecutable(path)) return path;
  return programFiles(program)
    .beside.map((name) => join(dirname(path), name))
    .find((each) => !isExecutable(each));
}

/**
 * @param {GoProgram} program
 * @param {NodeJS.ProcessEnv} env
 */
function wantedOnPath(program, env) {
  const path = onPath(program.name, env);
  if (path === undefined || missingOf(program, path) !== undefined) return undefined;
  if (program.ownVersion === undefined) return path;
  const { stdout } = spawnSync(path, ['--version'], { env, encoding: 'utf8', timeout: 20_000 });
  return stdout?.includes(`version ${program.ownVersion} `) ? path : undefined;
}

/**
 * Finds a program without building it: its variable, then what was built earlier, by whichever release of Go where this one
 * has built none, then the PATH.
 * @param {GoProgram} program
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ path?: string, notes: string[] }} `notes`: what was looked at and not taken, and why. Where the variable is set
 *   to something that cannot be run, nothing else is tried
 */
export function findGoProgram(program, env) {
  const { name, title, variable, ownVersion } = program;
  const chosen = env[variable];
  if (chosen) {
    const path = resolve(chosen);
    const missing = missingOf(program, path);
    if (missing === undefined) return { path, notes: [] };
    const why = missing === path ? 'which is not an executable file' : `but ${missing} is not an executable file`;
    return { notes: [`${variable} is set to ${chosen}, ${why}`] };
  }
  const isWhole = (/** @type {string} */ path) => missingOf(program, path) === undefined;
  const { executable } = programFiles(program);
  const path = builtEarlier(env, cacheName(program), executable, isWhole) ?? wantedOnPath(program, env);
  if (path !== undefined) return { path, notes: [] };
  const what = ownVersion === undefined ? name : `${name} ${ownVersion}`;
  return { notes: [`no ${title} in ${variable}, in the cache or on the PATH (${what})`] };
}
