import type { KubernetesApi } from './kubernetes-api.js';
import type { KubernetesObject } from './kustomize.js';

/** The environment of a pod's container, as a kubelet makes it: ConfigMaps, Secrets, the downward API, $(NAME) in values. */
export async function podEnvironment(api: KubernetesApi, pod: KubernetesObject): Promise<Record<string, string>> {
  const [container] = pod.spec.containers;
  const env: Record<string, string> = {};
  const path = `/api/v1/namespaces/${pod.metadata.namespace}`;
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (configMapRef) Object.assign(env, (await api.get(`${path}/configmaps/${configMapRef.name}`)).data);
    if (secretRef) Object.assign(env, decoded((await api.get(`${path}/secrets/${secretRef.name}`)).data));
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (valueFrom === undefined) env[name] = expanded(value ?? '', env);
    else if (valueFrom.fieldRef) env[name] = fieldOf(pod, valueFrom.fieldRef.fieldPath);
    else if (valueFrom.secretKeyRef) {
      const { name: secret, key } = valueFrom.secretKeyRef;
      env[name] = decoded((await api.get(`${path}/secrets/${secret}`)).data)[key] as string;
    } else throw new Error(`${name}: this test's kubelet knows no ${Object.keys(valueFrom)}`);
  }
  return env;
}

/** `$(NAME)` of what stands before; others stay as they are. */
const expanded = (value: string, env: Readonly<Record<string, string>>) =>
  value.replace(/\$\(([\w.-]+)\)/g, (whole, name: string) => env[name] ?? whole);

function fieldOf(pod: KubernetesObject, path: string): string {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], pod);
  if (typeof value !== 'string') throw new Error(`the pod has no ${path}`);
  return value;
}

export function decoded(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}
