import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { acquireBuildLock } from './build-lock.mjs';
import { buildFolder, cacheFolder, executableName, readBuilder } from './collector-cache.mjs';

const builderModule = 'go.opentelemetry.io/collector/cmd/builder';

/**
 * Runs one step with its output in a log file; what it said last becomes the error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, signal?: AbortSignal }} options
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
 * Builds the Collector of builder.yaml with Go into the cache, once: a second process that wants the same waits for the
 * first, and a build appears in the cache complete or not at all.
 * @param {{
 *   env: NodeJS.ProcessEnv, configFolder: string, goRelease: string,
 *   say: (line: string) => void, signal?: AbortSignal,
 * }} options
 * @returns {Promise<string>} the executable
 */
export async function buildCollector({ env, configFolder, goRelease, say, signal }) {
  const builder = readBuilder(configFolder);
  const folder = buildFolder(env, configFolder, goRelease);
  const executable = join(folder, executableName);
  const release = await acquireBuildLock(`${folder}.lock`, {
    finished: () => existsSync(executable) || signal?.aborted === true,
    onWait: () => say('another process is building the Collector; waiting for it'),
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
    say(`building the OpenTelemetry Collector ${builder.version} with Go ${goRelease}: about 7 minutes, once`);
    say(`into ${folder}`);
    writeFileSync(join(staging, 'builder.yaml'), builder.text);
    // GOWORK: a go.work above the cache is none of our business.
    const step = {
      cwd: staging,
      env: { ...env, GOBIN: staging, GOWORK: 'off' },
      log: join(staging, 'build.log'),
      signal,
    };
    await runStep('go', ['install', `${builderModule}@v${builder.version}`], step);
    await runStep(
      join(staging, process.platform === 'win32' ? 'builder.exe' : 'builder'),
      ['--config', 'builder.yaml'],
      step,
    );
    const ready = join(staging, 'ready');
    mkdirSync(ready);
    renameSync(join(staging, '_build', executableName), join(ready, executableName));
    if (!existsSync(executable)) renameSync(ready, folder);
    say(`built in ${Math.round((Date.now() - started) / 1_000)} s`);
    return executable;
  } finally {
    clearInterval(progress);
    rmSync(staging, { recursive: true, force: true });
    release();
  }
}
