import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { type Container, type ContainerOptions, startContainer } from './container.js';
import type { ControlPlane } from './control-plane.js';
import type { KubernetesObject } from './kustomize.js';
import { podEnvironment } from './pod-environment.js';
import { podVolumes } from './pod-volumes.js';

/** What is in an image: its command, and files and folders of this machine in place of its own. */
interface Image {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly files: Readonly<Record<string, string>>;
}

const images: Readonly<Record<string, () => Image>> = {
  'otel/opentelemetry-collector-contrib:0.159.0': () => ({
    command: ['/otelcol-contrib'],
    cwd: '/',
    files: { '/otelcol-contrib': process.env.OTELCOL as string },
  }),
  'sizewise:2.1.0': () => ({
    command: ['/node', 'programs/service.mjs'],
    cwd: '/app',
    files: {
      '/node': process.execPath,
      '/app/node_modules': join(repositoryRoot, 'node_modules'),
      '/app/packages': join(repositoryRoot, 'packages'),
      '/app/programs': join(repositoryRoot, 'test', 'kubernetes', 'programs'),
    },
  }),
};

export interface RunningPod {
  readonly pod: KubernetesObject;
  readonly ip: string;
  readonly container: Container;
  /** Its environment, as the program has it. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A node that runs pods of the API server as processes of this machine, by what their spec says: image, arguments, environment,
 * volumes, user and probes. Each has an address of loopback. What differs from a cluster is passed in `differences`.
 */
export class TestNode {
  readonly name = 'node-1';
  readonly running: RunningPod[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'otel-monitor-node-'));
  /** Somewhere in 127.0.0.0/8, so that two test runs on a machine do not meet. */
  readonly #network = `127.${64 + (process.pid % 128)}.${(process.pid >> 7) % 256}`;
  #addresses = 10;
  readonly #ending = new Set<RunningPod>();
  readonly #external = new Map<string, string>();

  constructor(readonly cluster: ControlPlane) {
    writeFileSync(this.#hosts, '');
  }

  /** In place of the node's root file system: what pods have of it is below. */
  get root(): string {
    return join(this.#folder, 'root');
  }

  get #hosts(): string {
    return join(this.#folder, 'hosts');
  }

  nextAddress(): string {
    this.#addresses += 1;
    return `${this.#network}.${this.#addresses}`;
  }

  /** A name that is outside of the manifests, and where it is. */
  async addName(name: string, address: string): Promise<void> {
    this.#external.set(name, address);
    await this.#writeNames();
  }

  async register(): Promise<void> {
    await this.cluster.api.create('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: this.name } });
  }

  /** Waits for the first pod that a controller has made and nobody runs, and runs it until all its probes are content. */
  async run(
    namespace: string,
    name: string,
    differences: (ip: string) => Record<string, string> = () => ({}),
  ): Promise<RunningPod> {
    const { api } = this.cluster;
    const waiting = await this.#waitingPod(namespace, name);
    const path = `/api/v1/namespaces/${namespace}/pods/${waiting.metadata.name}`;
    const target = { apiVersion: 'v1', kind: 'Node', name: this.name };
    const metadata = { name: waiting.metadata.name };
    await api.create(`${path}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata, target });
    const ip = this.nextAddress();
    const startTime = new Date().toISOString();
    const addresses = { podIP: ip, podIPs: [{ ip }], hostIP: '127.0.0.1', hostIPs: [{ ip: '127.0.0.1' }] };
    const pod = await api.merge(`${path}/status`, { status: { ...addresses, phase: 'Running', startTime } });
    const env = { ...(await podEnvironment(api, pod)), ...this.#serviceAddress(), ...differences(ip) };
    const container = await startContainer(await this.#containerOptions(pod, ip, env));
    const running = { pod, ip, container, env };
    this.running.push(running);
    const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: startTime }];
    await api.merge(`${path}/status`, { status: { conditions } });
    await this.#writeNames();
    return running;
  }

  /**
   * Ends a pod as a kubelet does when it is deleted: out of the names at once, `preStop`, SIGTERM, and SIGKILL when its grace is
   * over. Gives the exit code.
   */
  async end(running: RunningPod): Promise<number | NodeJS.Signals | undefined> {
    const { containers, terminationGracePeriodSeconds: grace } = running.pod.spec;
    const sleep: number = containers[0].lifecycle.preStop.sleep.seconds;
    this.#ending.add(running);
    await this.#writeNames();
    await delay(sleep * 1_000);
    return running.container.terminate('SIGTERM', (grace - sleep) * 1_000);
  }

  /** Ends every pod and removes what they had. */
  async stop(): Promise<void> {
    await Promise.all(this.running.map(({ container }) => container.terminate('SIGKILL', 5_000)));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #containerOptions(pod: KubernetesObject, ip: string, env: Record<string, string>): Promise<ContainerOptions> {
    const [container] = pod.spec.containers;
    const image = images[container.image]?.();
    if (image === undefined) throw new Error(`this test's node has no image ${container.image}`);
    const { runAsUser: user, runAsGroup: group, fsGroup: volumes } = pod.spec.securityContext;
    const folder = join(this.#folder, pod.metadata.name);
    const files = Object.entries(image.files).map(([target, source]) => ({ target, source }));
    return {
      command: [...image.command, ...(container.args ?? [])],
      cwd: image.cwd,
      env,
      mounts: [
        { target: '/etc/hosts', source: this.#hosts },
        ...files,
        ...(await podVolumes(this.cluster.api, pod, folder, this.root)),
      ],
      user: { user, group, volumes },
      isReady: () => probesAreContent(container, ip),
    };
  }

  #serviceAddress(): Record<string, string> {
    const { hostname, port } = new URL(this.cluster.api.url);
    return { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  }

  async #waitingPod(namespace: string, name: string): Promise<KubernetesObject> {
    for (const until = Date.now() + 60_000; Date.now() < until; await delay(50)) {
      const pods = await this.cluster.api.pods(namespace, name);
      const waiting = pods.find(({ spec }) => spec.nodeName === undefined);
      if (waiting !== undefined) return waiting;
    }
    throw new Error(`no controller has made a pod of ${namespace}/${name}`);
  }

  /** The names of Services are the addresses of the pods that they select and that are ready, written in place. */
  async #writeNames(): Promise<void> {
    const { items } = await this.cluster.api.get('/api/v1/services');
    const lines = [...this.#external].map(([name, address]) => `${address} ${name}`);
    for (const { metadata, spec } of items as KubernetesObject[]) {
      const selected = this.running
        .filter((each) => !this.#ending.has(each))
        .filter(
          ({ pod }) =>
            pod.metadata.namespace === metadata.namespace &&
            spec.selector !== undefined &&
            Object.entries(spec.selector).every(([key, value]) => pod.metadata.labels?.[key] === value),
        );
      for (const { ip } of selected) lines.push(`${ip} ${metadata.name}.${metadata.namespace}.svc`);
    }
    writeFileSync(this.#hosts, `127.0.0.1 localhost\n${lines.join('\n')}\n`);
  }
}

/** Whether every probe of a container is answered by success, asked by the pod's address as a kubelet does. */
// biome-ignore lint/suspicious/noExplicitAny: a container of a pod
async function probesAreContent(container: any, ip: string): Promise<boolean> {
  for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
    const { path, port: name } = probe.httpGet;
    const port = container.ports.find((each: { name: string }) => each.name === name).containerPort;
    const answer = await fetch(`http://${ip}:${port}${path}`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status !== 200) return false;
  }
  return true;
}
