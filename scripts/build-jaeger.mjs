import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInCache } from './build-in-cache.mjs';
import { jaegerExecutable, jaegerFolder, jaegerModule } from './find-jaeger.mjs';

/**
 * Builds Jaeger with Go into the cache. It has to be built in a copy of its module, whose go.sum says what belongs to it.
 * @param {{ env: NodeJS.ProcessEnv, goRelease: string, say: (line: string) => void, signal?: AbortSignal }} options
 * @returns {Promise<string>} the executable
 */
export function buildJaeger({ env, goRelease, say, signal }) {
  const { path, version } = jaegerModule;
  return buildInCache({
    env,
    folder: jaegerFolder(env, goRelease),
    executableName: jaegerExecutable,
    what: 'Jaeger',
    about: `building Jaeger (${path} v${version}) with Go ${goRelease}: about 4 minutes, once`,
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
      const built = join(staging, jaegerExecutable);
      await run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', built, './cmd/jaeger'], { cwd: source });
      return built;
    },
  });
}
