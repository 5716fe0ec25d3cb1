import type { KubernetesObject } from './kustomize.js';
import { behind, selects, type Workload } from './workload.js';

/** Somebody who connects or is connected to. `labels` is undefined for what is no pod. */
interface Peer {
  readonly name: string;
  /** Of what is no pod, where it is the same in every cluster, as a policy writes it. */
  readonly cidr?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly containerPort: number }[];
}

/** Who is outside of the manifests, as docs/kubernetes.md says that they are called. */
const outside: readonly Peer[] = [
  { name: 'users', namespace: 'ingress', labels: { any: 'pod' }, ports: [] },
  { name: 'prometheus', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' }, ports: [] },
  { name: 'someone', namespace: 'somewhere', labels: { any: 'pod' }, ports: [{ containerPort: 4318 }] },
  {
    name: 'jaeger',
    namespace: 'tracing',
    labels: { 'app.kubernetes.io/name': 'jaeger' },
    ports: [{ containerPort: 4318 }, { containerPort: 4317 }],
  },
  { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ports: [{ containerPort: 53 }] },
  // NodeLocal DNSCache, by its pods (Cilium leads there) or by its address
  {
    name: 'dns-pod',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'node-local-dns' },
    ports: [{ containerPort: 53 }],
  },
  { name: 'dns-address', cidr: '169.254.20.10/32', ports: [{ containerPort: 53 }] },
  { name: 'api-server', ports: [{ containerPort: 443 }, { containerPort: 6443 }, { containerPort: 2379 }] },
  { name: 'kubelet', ports: [{ containerPort: 10250 }, { containerPort: 10255 }] },
];

/** Every connection that the network policies let through, as `from -> to:port`; those between strangers are left out. */
export function allowedFlows(objects: readonly KubernetesObject[], workloads: readonly Workload[]): string[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const peers: Peer[] = [...workloads, ...outside];
  const flows = peers.flatMap((from) =>
    peers
      .filter((to) => to !== from && !(outside.includes(from) && outside.includes(to)))
      .flatMap((to) =>
        to.ports
          .filter((port) => lets('egress', policies, from, to, port) && lets('ingress', policies, to, from, port))
          .map(({ containerPort }) => `${from.name} -> ${to.name}:${containerPort}`),
      ),
  );
  return flows.sort();
}

type Direction = 'ingress' | 'egress';
type Port = Peer['ports'][number];

/** Whether the policies of `own` let it speak to `other` in this direction. Nobody's policies let everything. */
function lets(
  direction: Direction,
  policies: readonly KubernetesObject[],
  own: Peer,
  other: Peer,
  port: Port,
): boolean {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const its = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === own.namespace &&
      own.labels !== undefined &&
      spec.policyTypes.includes(type) &&
      selects(spec.podSelector, own.labels),
  );
  if (its.length === 0) return true;
  return its.some(({ metadata, spec }) =>
    // biome-ignore lint/suspicious/noExplicitAny: rules of a policy
    (spec[direction] ?? []).some((rule: any) => {
      const peers = rule[direction === 'ingress' ? 'from' : 'to'];
      const isPort = (rule.ports as { port: string | number }[]).some(
        (each) => each.port === port.containerPort || each.port === port.name,
      );
      return isPort && (peers === undefined || peers.some((peer: object) => isPeer(peer, metadata.namespace, other)));
    }),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: a peer of a policy
function isPeer(peer: any, namespace: string | undefined, { namespace: at, labels, cidr }: Peer): boolean {
  if (peer.ipBlock !== undefined) return peer.ipBlock.cidr === cidr;
  if (labels === undefined) return false;
  const isNamespace =
    peer.namespaceSelector === undefined
      ? at === namespace
      : selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': at as string });
  return isNamespace && selects(peer.podSelector, labels);
}

/** Every connection that the configuration makes, found in the objects: environment, arguments, Services, ServiceMonitors. */
export function neededFlows(
  objects: readonly KubernetesObject[],
  workloads: readonly Workload[],
  monitors: readonly KubernetesObject[],
): string[] {
  const services = objects.filter(({ kind }) => kind === 'Service');
  const flows = new Set<string>();
  for (const from of workloads) {
    for (const { host, port } of addressesOf(from)) {
      for (const dns of ['dns', 'dns-pod', 'dns-address']) flows.add(`${from.name} -> ${dns}:53`);
      const [name, namespace] = host.split('.');
      const service = services.find((each) => each.metadata.name === name && each.metadata.namespace === namespace);
      if (service === undefined) flows.add(`${from.name} -> ${outsideAt(host).name}:${port}`);
      else
        for (const to of behind(service, port, workloads)) flows.add(`${from.name} -> ${to.workload.name}:${to.port}`);
    }
    const has = (overlay: string) => from.args.some((arg) => arg.endsWith(`/${overlay}.yaml`));
    if (has('kubernetes-attributes')) for (const port of [443, 6443]) flows.add(`${from.name} -> api-server:${port}`);
    if (has('kubernetes-pods')) flows.add(`${from.name} -> kubelet:10250`);
  }
  for (const { metadata, spec } of monitors) {
    const namespaces: string[] = spec.namespaceSelector?.matchNames ?? [metadata.namespace];
    const watched = services.filter(
      (each) => namespaces.includes(each.metadata.namespace as string) && selects(spec.selector, each.metadata.labels),
    );
    for (const service of watched)
      for (const { port } of spec.endpoints)
        for (const to of behind(service, port, workloads)) flows.add(`prometheus -> ${to.workload.name}:${to.port}`);
  }
  for (const service of services.filter(({ spec }) => spec.ports.some((each: { port: number }) => each.port === 80)))
    for (const to of behind(service, 80, workloads)) flows.add(`users -> ${to.workload.name}:${to.port}`);
  return [...flows].sort();
}

/** Names of Services with their ports, wherever they stand in an environment: in addresses, and as gateways of an agent. */
function addressesOf({ env }: Workload): { host: string; port: number }[] {
  return Object.values(env).flatMap((value) => {
    const found = /([\w-]+\.[\w-]+\.svc)(?::|, port: ")(\d+)/.exec(value);
    return found === null ? [] : [{ host: found[1] as string, port: Number(found[2]) }];
  });
}

function outsideAt(host: string): Peer {
  const found = outside.find(({ name, namespace }) => host === `${name}.${namespace}.svc`);
  if (found === undefined) throw new Error(`nobody is known at ${host}`);
  return found;
}
