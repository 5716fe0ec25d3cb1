import type { KubernetesObject } from './kustomize.js';

/** What a Deployment, StatefulSet or DaemonSet runs: the part of it that others find it by and speak to. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** Of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  /** What stands in the manifest itself, by value. */
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a pod's spec
  readonly spec: any;
}

export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
    .map(({ metadata, spec }) => {
      const [container] = spec.template.spec.containers;
      const plain = (container.env ?? []).filter((each: object) => 'value' in each);
      return {
        name: metadata.name,
        namespace: metadata.namespace as string,
        labels: spec.template.metadata.labels,
        ports: container.ports,
        env: Object.fromEntries(plain.map(({ name, value }: { name: string; value: string }) => [name, value])),
        args: container.args ?? [],
        spec: spec.template.spec,
      };
    });
}

type Labels = Readonly<Record<string, string>> | undefined;

/** Whether a label selector with equalities alone takes these labels; the empty one takes all. */
export function selects(selector: { readonly matchLabels?: Labels } | undefined, labels: Labels): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
}

/** The pods behind a Service, with the port of theirs that one of the Service's ports leads to. */
export function behind(
  service: KubernetesObject,
  port: string | number,
  workloads: readonly Workload[],
): { workload: Workload; port: number }[] {
  const entry = service.spec.ports.find(
    (each: { name: string; port: number }) => each.name === port || each.port === port,
  );
  if (entry === undefined) throw new Error(`the Service ${service.metadata.name} has no port ${port}`);
  return workloads
    .filter(({ namespace }) => namespace === service.metadata.namespace)
    .filter(({ labels }) => selects({ matchLabels: service.spec.selector }, labels))
    .map((workload) => ({ workload, port: portNumber(workload, entry.targetPort) }));
}

/** A port by its number, or by the name that the container gives it. */
export function portNumber({ name, ports }: Pick<Workload, 'name' | 'ports'>, port: string | number): number {
  if (typeof port === 'number') return port;
  const found = ports.find((each) => each.name === port);
  if (found === undefined) throw new Error(`${name} has no port of the name ${port}`);
  return found.containerPort;
}
