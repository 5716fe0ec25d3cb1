import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { buildInCache } from './build-in-cache.mjs';
import { programFiles, programFolder } from './find-go-program.mjs';

/**
 * Builds a program with Go into the cache. It has to be built in a copy of its module, whose go.mod and go.sum say what belongs
 * to it.
 * @param {import('./go-programs.mjs').GoProgram} program
 * @param {{ env: NodeJS.ProcessEnv, goRelease: string, say: (line: string) => void, signal?: AbortSignal }} options
 * @returns {Promise<string>} the executable
 */
export function buildGoProgram(program, { env, goRelease, say, signal }) {
  const { title, minutes, packages, ownVersion } = program;
  const { path, version } = program.module;
  const { executable, beside } = programFiles(program);
  return buildInCache({
    env,
    folder: programFolder(program, env, goRelease),
    executableName: executable,
    beside,
    what: title,
    about: `building ${title} (${path} v${version}) with Go ${goRelease}: about ${minutes} min, once`,
    say,
    signal,
    build: async (run, staging) => {
      // a file of its own: the log has what all commands say
      const listing = join(staging, 'module.json');
      const list = `go mod download -json ${path}@v${version} > module.json`;
      if (process.platform === 'win32') await run('cmd', ['/c', list]);
      else await run('sh', ['-c', list]);
      const { Dir: module } = JSON.parse(readFileSync(listing, 'utf8'));
      const source = join(staging, 'source');
      cpSync(module, source, { recursive: true });
      // modules are kept read-only, folders too, and what is not writable cannot be taken away
      for (const folder of ['.', ...readdirSync(source, { recursive: true })])
        chmodSync(join(source, String(folder)), 0o755);
      const built = join(staging, 'built');
      mkdirSync(built);
      const told = ownVersion === undefined ? '' : ` -X github.com/prometheus/common/version.Version=${ownVersion}`;
      const flags = ['-trimpath', `-ldflags=-s -w${told}`];
      // the separator at the end: a folder that each program goes into by its name
      await run('go', ['build', ...flags, '-o', `${built}${sep}`, ...Object.values(packages)], { cwd: source });
      return join(built, executable);
    },
  });
}
