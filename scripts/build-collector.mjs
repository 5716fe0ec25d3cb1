import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInCache } from './build-in-cache.mjs';
import { buildFolder, executableName, readBuilder } from './collector-cache.mjs';

const builderModule = 'go.opentelemetry.io/collector/cmd/builder';

/**
 * Builds the Collector of builder.yaml with Go into the cache.
 * @param {{
 *   env: NodeJS.ProcessEnv, configFolder: string, goRelease: string,
 *   say: (line: string) => void, signal?: AbortSignal,
 * }} options
 * @returns {Promise<string>} the executable
 */
export function buildCollector({ env, configFolder, goRelease, say, signal }) {
  const builder = readBuilder(configFolder);
  return buildInCache({
    env,
    folder: buildFolder(env, configFolder, goRelease),
    executableName,
    what: 'the Collector',
    about: `building the OpenTelemetry Collector ${builder.version} with Go ${goRelease}: about 7 minutes, once`,
    say,
    signal,
    build: async (run, staging) => {
      writeFileSync(join(staging, 'builder.yaml'), builder.text);
      await run('go', ['install', `${builderModule}@v${builder.version}`], { env: { GOBIN: staging } });
      const program = join(staging, process.platform === 'win32' ? 'builder.exe' : 'builder');
      await run(program, ['--config', 'builder.yaml'], { env: { GOBIN: staging } });
      return join(staging, '_build', executableName);
    },
  });
}
