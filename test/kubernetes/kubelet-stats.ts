import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ControlPlane } from './control-plane.js';
import type { KubernetesObject } from './kustomize.js';

/** A request of the kubelet's API, and whether it was let through. */
export interface AskedKubelet {
  readonly path: string;
  readonly username: string | undefined;
  readonly status: number;
}

export interface KubeletStats {
  readonly port: number;
  readonly asked: readonly AskedKubelet[];
  close(): Promise<void>;
}

/**
 * The part of a kubelet that tells what pods use, in place of a real one, which needs a node. Who asks is found out and let
 * through as there: by TokenReview and SubjectAccessReview of the API server, over TLS, and never by default.
 */
export async function startKubeletStats(
  cluster: ControlPlane,
  node: string,
  pods: () => readonly KubernetesObject[],
): Promise<KubeletStats> {
  const asked: AskedKubelet[] = [];
  const server = createServer({ cert: cluster.certificate, key: cluster.key }, async (request, response) => {
    const path = request.url ?? '';
    const user = await userOf(cluster, request.headers.authorization);
    const allowed = user !== undefined && (await mayAsk(cluster, user, node, path));
    const status = user === undefined ? 401 : !allowed ? 403 : path === '/stats/summary' ? 200 : 404;
    asked.push({ path, username: user?.username, status });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? JSON.stringify(summary(node, pods())) : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface User {
  readonly username: string;
  readonly groups: readonly string[];
}

async function userOf({ api }: ControlPlane, header: string | undefined): Promise<User | undefined> {
  const token = /^Bearer (.+)$/.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
  const { status } = await api.create('/apis/authentication.k8s.io/v1/tokenreviews', review);
  return status.authenticated ? status.user : undefined;
}

async function mayAsk({ api }: ControlPlane, user: User, node: string, path: string): Promise<boolean> {
  const subresource = path.startsWith('/stats') ? 'stats' : path.startsWith('/metrics') ? 'metrics' : 'proxy';
  const spec = {
    user: user.username,
    groups: user.groups,
    resourceAttributes: { verb: 'get', resource: 'nodes', subresource, name: node },
  };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  return (await api.create('/apis/authorization.k8s.io/v1/subjectaccessreviews', review)).status.allowed;
}

/** What is told of each pod: numbers that can be known again. */
export const used = {
  nanoCores: 250_000_000,
  coreNanoSeconds: 42_000_000_000,
  memoryBytes: 150_000_000,
  workingSetBytes: 120_000_000,
  rssBytes: 100_000_000,
  receivedBytes: 1_000,
  sentBytes: 2_000,
  filesBytes: 5_000_000,
};

function summary(nodeName: string, pods: readonly KubernetesObject[]): object {
  const time = new Date().toISOString();
  const startTime = new Date(Date.now() - 60_000).toISOString();
  const cpu = { time, usageNanoCores: used.nanoCores, usageCoreNanoSeconds: used.coreNanoSeconds };
  const memory = {
    time,
    usageBytes: used.memoryBytes,
    workingSetBytes: used.workingSetBytes,
    rssBytes: used.rssBytes,
    availableBytes: used.memoryBytes,
  };
  const network = {
    time,
    name: 'eth0',
    rxBytes: used.receivedBytes,
    rxErrors: 0,
    txBytes: used.sentBytes,
    txErrors: 0,
  };
  const files = { time, availableBytes: 1e9, capacityBytes: 2e9, usedBytes: used.filesBytes };
  return {
    node: { nodeName, startTime, cpu, memory, network, fs: files },
    pods: pods.map(({ metadata: { name, namespace, uid } }: KubernetesObject & { metadata: { uid?: string } }) => ({
      podRef: { name, namespace, uid },
      startTime,
      containers: [],
      cpu,
      memory,
      network,
      'ephemeral-storage': files,
    })),
  };
}
