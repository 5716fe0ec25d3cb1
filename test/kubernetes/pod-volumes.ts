import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerOptions } from './container.js';
import type { KubernetesApi } from './kubernetes-api.js';
import type { KubernetesObject } from './kustomize.js';
import { decoded } from './pod-environment.js';

type Mounts = ContainerOptions['mounts'];
type Files = Readonly<Record<string, string>>;

/**
 * The volumes of a pod as folders below `folder`, as a kubelet makes them, and where they belong in the container. `node` is a
 * folder in place of the node's root: paths of the node are below it.
 */
export async function podVolumes(
  api: KubernetesApi,
  pod: KubernetesObject,
  folder: string,
  node: string,
): Promise<Mounts> {
  const group = pod.spec.securityContext.fsGroup as number;
  const paths: Record<string, string> = {};
  for (const volume of pod.spec.volumes) {
    const path = volume.hostPath ? join(node, volume.hostPath.path) : join(folder, volume.name);
    paths[volume.name] = path;
    if (volume.hostPath) {
      if (volume.hostPath.type === 'Directory' && !existsSync(path)) throw new Error(`the node has no ${path}`);
      mkdirSync(path, { recursive: true, mode: 0o755 });
      continue;
    }
    mkdirSync(path, { recursive: true });
    const mode: number = volume.secret?.defaultMode ?? volume.projected?.defaultMode ?? 0o644;
    for (const [name, content] of Object.entries(await contentOf(api, pod, volume))) {
      writeFileSync(join(path, name), content);
      give(join(path, name), group, mode | 0o040);
    }
    give(path, group, volume.emptyDir === undefined ? 0o750 : 0o2770);
  }
  const [container] = pod.spec.containers;
  return container.volumeMounts.map((mount: { name: string; mountPath: string; readOnly?: boolean }) => ({
    target: mount.mountPath,
    source: paths[mount.name] as string,
    writable: mount.readOnly !== true,
  }));
}

/** Whoever is not root cannot give files away; then the container runs as the same user. */
function give(path: string, group: number, mode: number): void {
  if (process.getuid?.() === 0) chownSync(path, 0, group);
  chmodSync(path, mode);
}

// biome-ignore lint/suspicious/noExplicitAny: a volume of any kind
async function contentOf(api: KubernetesApi, pod: KubernetesObject, volume: any): Promise<Files> {
  const { namespace, name, uid } = pod.metadata as typeof pod.metadata & { uid: string };
  const path = `/api/v1/namespaces/${namespace}`;
  if (volume.emptyDir) return {};
  if (volume.configMap) return (await api.get(`${path}/configmaps/${volume.configMap.name}`)).data;
  if (volume.secret) {
    const data = decoded((await api.get(`${path}/secrets/${volume.secret.secretName}`)).data);
    const items: { key: string; path: string }[] =
      volume.secret.items ?? Object.keys(data).map((key) => ({ key, path: key }));
    return Object.fromEntries(items.map((item) => [item.path, data[item.key] as string]));
  }
  if (!volume.projected) throw new Error(`this test's kubelet knows no volume of ${Object.keys(volume)}`);
  const files: Record<string, string> = {};
  for (const source of volume.projected.sources) {
    if (source.serviceAccountToken) {
      const account = `${path}/serviceaccounts/${pod.spec.serviceAccountName}/token`;
      const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name, uid };
      const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { boundObjectRef } };
      files[source.serviceAccountToken.path] = (await api.create(account, request)).status.token;
    }
    if (source.configMap) Object.assign(files, (await api.get(`${path}/configmaps/${source.configMap.name}`)).data);
    if (source.downwardAPI) files.namespace = namespace as string;
  }
  return files;
}
