import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtEarlier, cacheFolder } from './collector-cache.mjs';
import { isExecutable } from './executable-file.mjs';
import { repositoryRoot } from './repository.mjs';

/** The Go module that names the programs and all that they are made of. */
export const kubernetesModule = join(repositoryRoot, 'test', 'kubernetes', 'control-plane');

/** Packages of Go by the names of the programs. */
export const kubernetesPackages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
};

/** Where the definitions of ServiceMonitor, PodMonitor and PrometheusRule come from: files of this module's folder. */
export const operatorModule = {
  path: 'github.com/prometheus-operator/prometheus-operator',
  version: '0.85.0',
  folder: 'example/prometheus-operator-crd',
  files: ['servicemonitors', 'prometheusrules'].map((name) => `monitoring.coreos.com_${name}.yaml`),
};

/** The release of Kubernetes in go.mod, such as 1.35.4. */
export function kubernetesVersion() {
  const version = /^\s+k8s\.io\/kubernetes v(\d+\.\d+\.\d+)$/m.exec(readModuleFile('go.mod'))?.[1];
  if (version === undefined) throw new Error('test/kubernetes/control-plane/go.mod: k8s.io/kubernetes is missing');
  return version;
}

/** @param {string} name */
const readModuleFile = (name) => readFileSync(join(kubernetesModule, name), 'utf8');

/** The programs and definitions are in one folder: they appear together or not at all. */
export const programsFolder = 'kubernetes';

function cacheName() {
  const hash = createHash('sha256').update(readModuleFile('go.mod')).update(readModuleFile('go.sum'));
  hash.update(JSON.stringify(operatorModule));
  return `kubernetes-${kubernetesVersion()}-${hash.digest('hex').slice(0, 12)}-${process.platform}-${process.arch}`;
}

/**
 * The folder that a build with this Go goes to.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} release
 */
export function kubernetesFolder(env, release) {
  return join(cacheFolder(env), `${cacheName()}-go${release}`);
}

/** @param {string} folder */
const hasPrograms = (folder) =>
  Object.keys(kubernetesPackages).every((name) => isExecutable(join(folder, name))) &&
  operatorModule.files.every((name) => existsSync(join(folder, name)));

/**
 * Finds the folder of etcd, kube-apiserver, kube-controller-manager, kubectl and the definitions without making it:
 * `KUBERNETES_PROGRAMS`, then what was built earlier, by whichever release of Go where this one has built none.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ path?: string, notes: string[] }} `notes`: what was looked at and not taken, and why
 */
export function findKubernetes(env) {
  if (env.KUBERNETES_PROGRAMS) {
    const path = resolve(env.KUBERNETES_PROGRAMS);
    if (hasPrograms(path)) return { path, notes: [] };
    const names = [...Object.keys(kubernetesPackages), ...operatorModule.files].join(', ');
    return { notes: [`KUBERNETES_PROGRAMS is set to ${env.KUBERNETES_PROGRAMS}, which has not all of ${names}`] };
  }
  const path = builtEarlier(env, cacheName(), programsFolder, hasPrograms);
  return path === undefined ? { notes: ['no Kubernetes in KUBERNETES_PROGRAMS or in the cache'] } : { path, notes: [] };
}
