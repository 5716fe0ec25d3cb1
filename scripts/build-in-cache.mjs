import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { acquireBuildLock } from './build-lock.mjs';
import { cacheFolder } from './collector-cache.mjs';

/**
 * Runs one command of a build with its output in a log; what it said last becomes the error.
 * @typedef {(command: string, args: string[], options?: { cwd?: string, env?: NodeJS.ProcessEnv }) => Promise<void>} RunStep
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, signal: AbortSignal | undefined }} options
 * @returns {Promise<void>}
 */
function runStep(command, args, { cwd, env, log, signal }) {
  const output = openSync(log, 'a');
  return new Promise((resolve, reject) => {
    // A group of its own: what the builder starts (go build, compile, link) ends with it.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output], detached: true });
    const stop = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGTERM');
      } catch {
        child.kill('SIGTERM');
      }
    };
    signal?.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('exit', (code, killed) => {
      signal?.removeEventListener('abort', stop);
      if (code === 0) return resolve(undefined);
      const last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
      reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? killed}:\n${last}`));
    });
  }).finally(() => closeSync(output));
}

/**
 * Builds one executable into the cache, once: a second process that wants the same waits for the first, and a build appears
 * in the cache complete or not at all.
 * @param {{
 *   env: NodeJS.ProcessEnv, folder: string, executableName: string, beside?: string[], what: string, about: string,
 *   say: (line: string) => void, signal?: AbortSignal | undefined,
 *   build: (run: RunStep, staging: string) => Promise<string>,
 * }} options
 *   `beside`: what else is kept of the folder that the executable is made in; nothing by default. `what`: as a line says it.
 *   `about`: how long it takes. `build`: makes the executable below `staging`, an empty folder that goes away afterwards, and
 *   gives its path
 * @returns {Promise<string>} the executable
 */
export async function buildInCache({ env, folder, executableName, beside = [], what, about, say, signal, build }) {
  const executable = join(folder, executableName);
  const release = await acquireBuildLock(`${folder}.lock`, {
    finished: () => existsSync(executable) || signal?.aborted === true,
    onWait: () => say(`another process is building ${what}; waiting for it`),
  });
  if (release === undefined || existsSync(executable)) {
    release?.();
    signal?.throwIfAborted();
    return executable;
  }
  const staging = mkdtempSync(join(cacheFolder(env), 'building-'));
  const started = Date.now();
  const progress = setInterval(() => say(`still building, ${Math.round((Date.now() - started) / 60_000)} min`), 60_000);
  try {
    say(about);
    say(`into ${folder}`);
    const log = join(staging, 'build.log');
    const built = await build(
      (command, args, { cwd = staging, env: more = {} } = {}) =>
        // GOWORK: a go.work above the cache is none of our business.
        runStep(command, args, { cwd, env: { ...env, GOWORK: 'off', ...more }, log, signal }),
      staging,
    );
    const ready = join(staging, 'ready');
    mkdirSync(ready);
    renameSync(built, join(ready, executableName));
    for (const name of beside) renameSync(join(dirname(built), name), join(ready, name));
    if (!existsSync(executable)) renameSync(ready, folder);
    say(`built in ${Math.round((Date.now() - started) / 1_000)} s`);
    return executable;
  } finally {
    clearInterval(progress);
    rmSync(staging, { recursive: true, force: true });
    release();
  }
}
