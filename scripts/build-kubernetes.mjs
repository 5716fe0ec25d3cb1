import { copyFileSync, cpSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildInCache } from './build-in-cache.mjs';
import {
  kubernetesFolder,
  kubernetesModule,
  kubernetesPackages,
  kubernetesVersion,
  operatorModule,
  programsFolder,
} from './find-kubernetes.mjs';

/**
 * Builds Kubernetes' control plane (etcd, kube-apiserver, kube-controller-manager) and kubectl with Go into the cache, from
 * the module whose go.sum says what belongs to them, and puts the definitions of prometheus-operator beside them.
 * @param {{ env: NodeJS.ProcessEnv, goRelease: string, say: (line: string) => void, signal?: AbortSignal }} options
 * @returns {Promise<string>} the folder of the programs
 */
export function buildKubernetes({ env, goRelease, say, signal }) {
  const version = kubernetesVersion();
  return buildInCache({
    env,
    folder: kubernetesFolder(env, goRelease),
    executableName: programsFolder,
    what: 'Kubernetes',
    about: `building Kubernetes ${version} (its control plane and kubectl) with Go ${goRelease}: about 6 minutes, once`,
    say,
    signal,
    build: async (run, staging) => {
      const source = join(staging, 'source');
      cpSync(kubernetesModule, source, { recursive: true });
      const built = join(staging, programsFolder);
      mkdirSync(built);
      const [major, minor] = version.split('.');
      // without these it takes itself for version 0.0.0 and refuses to start
      const said = `-X k8s.io/component-base/version.git`;
      const ldflags = `-s -w ${said}Version=v${version} ${said}Major=${major} ${said}Minor=${minor}`;
      const packages = Object.values(kubernetesPackages);
      await run('go', ['build', '-mod=readonly', '-trimpath', `-ldflags=${ldflags}`, '-o', `${built}/`, ...packages], {
        cwd: source,
        env: { CGO_ENABLED: '0' },
      });
      // Go names a program after the last part of its path that is no version
      renameSync(join(built, 'server'), join(built, 'etcd'));
      await copyDefinitions(run, staging, built);
      return built;
    },
  });
}

/**
 * @param {import('./build-in-cache.mjs').RunStep} run
 * @param {string} staging
 * @param {string} target
 */
async function copyDefinitions(run, staging, target) {
  const { path, version, folder, files } = operatorModule;
  await run('sh', ['-c', `go mod download -json ${path}@v${version} > operator.json`]);
  const { Dir: module } = JSON.parse(readFileSync(join(staging, 'operator.json'), 'utf8'));
  for (const file of files) copyFileSync(join(module, folder, file), join(target, file));
}
