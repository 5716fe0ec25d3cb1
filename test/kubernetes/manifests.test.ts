import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@otel-monitor/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { collectorAvailable } from '../real-parts/collector.js';
import {
  buildManifests,
  copyManifests,
  hasOpenssl,
  type KubernetesObject,
  kubectl,
  type ManifestFolder,
  overlays,
} from './kustomize.js';
import { allowedFlows, neededFlows } from './network-flows.js';
import { selects, type Workload, workloadsOf } from './workload.js';

const suite = describe.skipIf(kubectl === undefined || !hasOpenssl);

suite('without the files of the Secrets (needs kubectl and openssl)', () => {
  it.each(overlays)('%s is not built, and the message has the name of what is missing', (overlay) => {
    const manifests = copyManifests({ withSecrets: false });
    expect(() => buildManifests(manifests.overlay(overlay))).toThrow(/secrets\/\w+\/[\w.-]+: no such file/);
    manifests.remove();
  });
});

suite('an overlay of your own as docs/kubernetes.md shows it (needs kubectl and openssl)', () => {
  const guide = readFileSync(join(repositoryRoot, 'docs', 'kubernetes.md'), 'utf8');
  const [application, backend, labels, ...components] = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, text]) => text as string,
  );

  it('has labels and components', () => {
    const manifests = copyManifests();
    const named = components.map((text) => text.replace('components:', '').trim());
    expect(named).toEqual(['[../../components/pod-logs]', '[../../components/gateway-volumes]']);
    const list = named.map((text) => text.slice(1, -1)).join(', ');
    const own = manifests.add('own', `resources: [../production]\ncomponents: [${list}]\n${labels}`);
    const objects = buildManifests(own);
    manifests.remove();
    const release = ({ metadata }: KubernetesObject) => metadata.labels?.release;
    const selected = objects.filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PrometheusRule');
    expect(new Set(selected.map(release))).toEqual(new Set(['kube-prometheus-stack']));
    const workloads = workloadsOf(objects).map(({ name, spec }) => [name, spec.volumes.at(-1).name]);
    expect(Object.fromEntries(workloads)).toEqual({
      'otel-agent': 'gateway',
      'otel-gateway': 'config',
      'otel-pod-logs': 'own',
      'sizewise-app': 'tmp',
    });
    const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    expect(deployments).toEqual(['sizewise-app']);
  });

  it('has another application and another backend', () => {
    const manifests = copyManifests();
    const own = manifests.add('own', `${application}${(backend as string).replace('patches:\n', '')}`);
    const objects = buildManifests(own);
    manifests.remove();
    const [shop, gateway] = ['sizewise-app', 'otel-gateway'].map((name) =>
      objects.find((each) => each.kind === 'Deployment' && each.metadata.name === name),
    );
    expect([shop?.spec.replicas, shop?.spec.template.spec.containers[0].image]).toEqual([
      4,
      'registry.example.com/shop:3.2.0',
    ]);
    const value = (name: string) =>
      shop?.spec.template.spec.containers[0].env.find((each: { name: string }) => each.name === name).value;
    expect([value('SERVICE_VERSION'), value('DEPLOYMENT_ENVIRONMENT'), value('PORT')]).toEqual([
      '3.2.0',
      'staging',
      '8080',
    ]);
    const { args, env } = (gateway as KubernetesObject).spec.template.spec.containers[0];
    expect(args.map((arg: string) => arg.split('/').at(-1)).slice(1)).toEqual(
      ['base', 'gateway', 'secure', 'redaction', 'tail-sampling', 'persistent-queue', 'vendor'].map(
        (name) => `${name}.yaml`,
      ),
    );
    expect(env.slice(-2).map(({ name }: { name: string }) => name)).toEqual([
      'VENDOR_OTLP_ENDPOINT',
      'VENDOR_OTLP_HEADERS',
    ]);
    const policy = objects.find((each) => each.kind === 'NetworkPolicy' && each.metadata.name === 'otel-gateway');
    expect(policy?.spec.egress.at(-1)).toEqual({ ports: [{ protocol: 'TCP', port: 443 }] });
  });
});

suite('the rules of the overlay production (needs kubectl and openssl)', () => {
  it('are those of Prometheus, each file with its groups, for the operator', () => {
    const manifests = copyManifests();
    const rules = buildManifests(manifests.overlay('production')).filter(({ kind }) => kind === 'PrometheusRule');
    manifests.remove();
    const folder = join(repositoryRoot, 'prometheus-config', 'rules');
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(5);
    expect(Object.fromEntries(rules.map(({ metadata, spec }) => [metadata.name, spec.groups]))).toEqual(
      Object.fromEntries(
        files.map((file) => [
          `otel-monitor-${file.replace('.yaml', '')}`,
          parse(readFileSync(join(folder, file), 'utf8')).groups,
        ]),
      ),
    );
  });
});

let monitorsOfProduction: KubernetesObject[] | undefined;

suite.each(overlays)('the overlay %s (needs kubectl and openssl)', (overlay) => {
  let manifests: ManifestFolder;
  let objects: KubernetesObject[];
  let workloads: Workload[];
  let monitors: KubernetesObject[];

  beforeAll(() => {
    manifests = copyManifests();
    objects = buildManifests(manifests.overlay(overlay));
    workloads = workloadsOf(objects);
    // whoever has no operator scrapes the same ports
    monitors = monitorsOfProduction ??= (
      overlay === 'small' ? buildManifests(manifests.overlay('production')) : objects
    ).filter(({ kind }) => kind === 'ServiceMonitor');
  });
  afterAll(() => manifests.remove());

  const named = (kind: string, name: string, namespace: string | undefined) =>
    objects.find((each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace);
  const each = (check: (workload: Workload) => unknown) =>
    Object.fromEntries(workloads.map((workload) => [workload.name, check(workload)]));
  const everyone = (value: unknown) => each(() => value);

  it('lets through the connections that its configuration makes, and no others', () => {
    const needed = neededFlows(objects, workloads, monitors);
    expect(needed.length).toBeGreaterThan(8);
    expect(allowedFlows(objects, workloads)).toEqual(needed);
  });

  it('selects by labels that pods have', () => {
    const selecting = objects.filter(({ kind }) =>
      ['Service', 'NetworkPolicy', 'PodDisruptionBudget', 'Deployment', 'StatefulSet', 'DaemonSet'].includes(kind),
    );
    const empty = selecting.filter(({ kind, metadata, spec }) => {
      const selector = kind === 'Service' ? { matchLabels: spec.selector } : (spec.selector ?? spec.podSelector);
      return !workloads.some(({ namespace, labels }) => namespace === metadata.namespace && selects(selector, labels));
    });
    expect(empty.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });

  it('names ConfigMaps, Secrets, keys, accounts and files that are there', () => {
    const missing = workloads.flatMap(({ namespace, spec, args }) => {
      const [container] = spec.containers;
      const references: [string, string][] = [
        ['ServiceAccount', spec.serviceAccountName],
        // biome-ignore lint/suspicious/noExplicitAny: volumes of any kind
        ...spec.volumes.flatMap(({ configMap, secret }: any) => [
          ...(configMap ? [['ConfigMap', configMap.name]] : []),
          ...(secret ? [['Secret', secret.secretName]] : []),
        ]),
        ...(container.envFrom ?? []).map(({ configMapRef }: { configMapRef: { name: string } }) => [
          'ConfigMap',
          configMapRef.name,
        ]),
      ];
      const files = args.flatMap((arg) => /^--config=\/etc\/otel-collector\/(.+)$/.exec(arg)?.[1] ?? []);
      const config = objects.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('otel-collector-config'),
      );
      return [
        ...references
          .filter(([kind, name]) => named(kind, name, namespace) === undefined)
          .map(([kind, name]) => `${kind} ${name}`),
        ...files.filter((file) => !(file in (config?.data ?? {}))),
      ];
    });
    expect(missing).toEqual([]);
    for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'ServiceMonitor')) {
      for (const { authorization } of spec.endpoints.filter((endpoint: object) => 'authorization' in endpoint)) {
        const { name, key } = authorization.credentials;
        expect(named('Secret', name, metadata.namespace)?.data).toHaveProperty(key);
      }
    }
  });

  it('mounts every folder that it writes to, and nothing of the node but where log files are read', () => {
    const paths = ({ env, spec }: Workload) => {
      const mounts = spec.containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
      return Object.entries(env)
        .flatMap(([name, value]) => (/_(DIRECTORY|FOLDER|FILE)$/.test(name) ? value : []))
        .filter((path) => !mounts.some((mount: string) => path === mount || path.startsWith(`${mount}/`)));
    };
    expect(each(paths)).toEqual(everyone([]));
    const ofNode = each(({ spec }) =>
      // biome-ignore lint/suspicious/noExplicitAny: volumes of any kind
      spec.volumes.flatMap(({ name, hostPath }: any) => {
        const mount = spec.containers[0].volumeMounts.find((each: { name: string }) => each.name === name);
        return hostPath ? [`${hostPath.path} at ${mount.mountPath}${mount.readOnly ? ', read-only' : ''}`] : [];
      }),
    );
    const reader = ['/var/log/pods at /var/log/pods, read-only', '/var/lib/otel-pod-logs at /var/lib/otel-collector'];
    expect(ofNode).toEqual({ ...everyone([]), ...(overlay === 'everything' && { 'otel-pod-logs': reader }) });
  });

  it('has room on its disks for all queues, which are what a disk is worth, and tries for as long as they last', () => {
    const bytes = (text: string) => {
      const [, amount, unit] = /^(\d+)(Mi|Gi)?$/.exec(text) ?? [];
      return Number(amount) * (unit === 'Gi' ? 2 ** 30 : unit === 'Mi' ? 2 ** 20 : 1);
    };
    const files = objects.find(({ metadata }) => metadata.name.startsWith('otel-collector-config'))?.data;
    for (const { name, args, env, spec } of workloads.filter(({ args }) => args.length > 0)) {
      const names = args.flatMap((arg) => /^--config=\/etc\/otel-collector\/(.+)$/.exec(arg)?.[1] ?? []);
      type Pipelines = Record<string, { exporters?: string[] }>;
      const pipelines = names.flatMap((file) =>
        Object.entries((parse(files[file]).service?.pipelines ?? {}) as Pipelines),
      );
      const queues = pipelines.flatMap(([pipeline, { exporters = [] }]) =>
        exporters
          .filter((each) => /^(otlp_|load_balancing)/.test(each))
          .map((each) => `${pipeline.split('/')[0]} ${each}`),
      );
      expect(queues.length).toBeGreaterThan(0);
      const file = Number(env.COLLECTOR_QUEUE_FILE_BYTES ?? 2 ** 30);
      const queue = Number(env.COLLECTOR_QUEUE_BYTES ?? 2 ** 23);
      expect([name, env.COLLECTOR_RETRY_FOR, file >= 2 * queue, file > 2 ** 27]).toEqual([name, '0s', true, true]);
      const volume = spec.volumes.find((each: { name: string }) => each.name === 'queue');
      const claim = objects
        .find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name)
        ?.spec.volumeClaimTemplates.find(({ metadata }: KubernetesObject) => metadata.name === 'queue');
      const size = volume?.emptyDir?.sizeLimit ?? claim?.spec.resources.requests.storage;
      // files of pods are on the node's disk, and what is not taken waits in them
      if (name === 'otel-pod-logs') expect(size).toBeUndefined();
      else expect([name, bytes(size) >= queues.length * file, queue > 2 ** 23]).toEqual([name, true, true]);
      if (volume) expect(bytes(spec.containers[0].resources.limits['ephemeral-storage'])).toBeGreaterThan(bytes(size));
    }
  });

  it('fits `kubectl apply`, which keeps what it applied in an annotation of 256 KiB, with room for some more', () => {
    const bytes = objects.map((each) => [each.metadata.name, Buffer.byteLength(JSON.stringify(each))] as const);
    expect(bytes.filter(([, size]) => size > 240 * 1024)).toEqual([]);
  });

  it('asks for names by UDP and by TCP', () => {
    const rules = objects.filter(({ kind }) => kind === 'NetworkPolicy').flatMap(({ spec }) => spec.egress ?? []);
    const forNames = rules.filter(({ ports }) => ports.some(({ port }: { port: unknown }) => port === 53));
    expect(forNames).toHaveLength(workloads.length);
    for (const { ports } of forNames) {
      expect(ports.map(({ protocol, port }: { protocol: string; port: number }) => `${protocol} ${port}`)).toEqual([
        'UDP 53',
        'TCP 53',
      ]);
    }
  });

  it('ends a gateway when nothing can be open in it any more, and takes no agent from a node before there is another', () => {
    for (const { name, args, env, spec } of workloads) {
      const sleeps: number = spec.containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
      expect([name, spec.terminationGracePeriodSeconds >= sleeps + 25]).toEqual([name, true]);
      if (!args.some((arg) => arg.endsWith('/tail-sampling.yaml'))) continue;
      const files = objects.find(({ metadata }) => metadata.name.startsWith('otel-collector-config'))?.data;
      const seconds = (text: string) => Number(/^(\d+)s$/.exec(text)?.[1]);
      const byDefault = /\$\{env:COLLECTOR_SAMPLING_WAIT:-(\w+)\}/.exec(files['tail-sampling.yaml'])?.[1];
      const wait = seconds(env.COLLECTOR_SAMPLING_WAIT ?? (byDefault as string));
      const written = seconds(/flush_timeout: (\w+)/.exec(files['jaeger.yaml'])?.[1] as string);
      // CoreDNS keeps an answer for 30 s at most, agents ask every 5 s, batches of what was kept wait for 0.2 s
      expect(sleeps).toBeGreaterThanOrEqual(30 + 5 + wait + 0.2 + written);
    }
    const agent = objects.find(({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === 'otel-agent');
    expect(agent?.spec.updateStrategy.rollingUpdate).toEqual({ maxSurge: '10%', maxUnavailable: 0 });
  });

  it('runs nothing as root, with capabilities, on a file system that can be written, or without limits', () => {
    const hardened = ({ spec }: Workload) => {
      const [container] = spec.containers;
      const { requests, limits } = container.resources;
      return {
        root: spec.securityContext.runAsNonRoot !== true || spec.securityContext.runAsUser < 1000,
        ports: container.ports.some(({ hostPort }: { hostPort?: number }) => hostPort !== undefined),
        seccomp: spec.securityContext.seccompProfile.type,
        ...container.securityContext,
        guaranteedMemory: requests.memory === limits.memory || spec.serviceAccountName === 'sizewise-app',
        limits: Object.keys(limits).sort(),
        host: [spec.hostNetwork, spec.hostPID, spec.hostIPC].some(Boolean),
      };
    };
    const usual = {
      root: false,
      ports: false,
      seccomp: 'RuntimeDefault',
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      guaranteedMemory: true,
      limits: ['cpu', 'ephemeral-storage', 'memory'],
      host: false,
    };
    // files of containers are root's
    const reader = overlay === 'everything' && { 'otel-pod-logs': { ...usual, root: true } };
    expect(each(hardened)).toEqual({ ...everyone(usual), ...reader });
  });

  it('has images of one version, and the Collector in that of builder.yaml', () => {
    const builder = readFileSync(join(repositoryRoot, 'collector-config', 'builder.yaml'), 'utf8');
    const version = /^\s+version: (\S+)$/m.exec(builder)?.[1];
    const collectors = workloads.filter(({ args }) => args.length > 0).map(({ spec }) => spec.containers[0].image);
    expect(new Set(collectors)).toEqual(new Set([`otel/opentelemetry-collector-contrib:${version}`]));
    expect(each(({ spec }) => /:(\d+\.\d+\.\d+)$/.test(spec.containers[0].image))).toEqual(everyone(true));
  });

  it('gives a Collector four fifths of its container, and the collector of garbage four fifths of that', () => {
    for (const { env, spec, args } of workloads.filter(({ args }) => args.length > 0)) {
      const mebibytes = (text: string) => Number(/^(\d+)Mi/.exec(text)?.[1]);
      const limit = mebibytes(spec.containers[0].resources.limits.memory);
      expect([args.length > 0, Number(env.COLLECTOR_MEMORY_MIB)]).toEqual([true, limit * 0.8]);
      expect(mebibytes(env.GOMEMLIMIT as string)).toBe(Math.floor(limit * 0.64));
    }
  });

  it.skipIf(!collectorAvailable)('has configurations that the Collector takes, with the Collector', () => {
    const files = objects.find(({ metadata }) => metadata.name.startsWith('otel-collector-config'))?.data;
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-config-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text as string);
    // what the downward API and the service account give to a pod
    const ofPod = {
      COLLECTOR_HOST: '127.0.0.1',
      K8S_NODE_IP: '127.0.0.1',
      K8S_NODE_NAME: 'node-1',
      COLLECTOR_KUBERNETES_AUTH: 'none',
    };
    for (const { args, env } of workloads.filter(({ args }) => args.length > 0)) {
      const given = args.map((arg) => arg.replace('/etc/otel-collector', folder));
      const { status, stderr } = spawnSync(process.env.OTELCOL as string, ['validate', ...given], {
        env: { ...env, ...ofPod },
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    }
    rmSync(folder, { recursive: true });
  });

  it('gives the application an environment that its configuration takes without a complaint', () => {
    const map = named('ConfigMap', 'monitoring-environment', 'sizewise');
    const application = workloads.find(({ name }) => name === 'sizewise-app') as Workload;
    const downward = {
      K8S_NAMESPACE_NAME: 'sizewise',
      K8S_POD_NAME: 'sizewise-app-1',
      K8S_POD_UID: 'uid',
      K8S_NODE_NAME: 'node-1',
    };
    const env = Object.fromEntries(
      Object.entries({ ...map?.data, ...application.env }).map(([name, value]) => [
        name,
        String(value).replace(/\$\((\w+)\)/g, (_, of: string) => ({ ...application.env, ...downward })[of] as string),
      ]),
    );
    const token = { OTEL_MONITOR_TOKEN_VIEWER: 'token', OTEL_MONITOR_TOKEN_VIEWER_FILE: '' };
    const { config, warnings } = loadConfig({ env: { ...env, ...token } });
    // what is configured already and comes with later versions
    expect(warnings.filter((warning) => !warning.endsWith('by this version'))).toEqual([]);
    expect(config).toMatchObject({
      service: { name: 'sizewise', version: '2.1.0', instanceId: 'sizewise.sizewise-app-1.sizewise' },
      environment: 'production',
      metricExportIntervalMillis: 30_000,
      retention: { metricsHours: 168, errorHours: 168, healthHours: 168 },
      alerts: { cooldownMinutes: 15, slackChannel: '#sizewise-alerts' },
      resourceAttributes: { 'k8s.pod.name': 'sizewise-app-1', 'k8s.pod.uid': 'uid', 'k8s.node.name': 'node-1' },
    });
  });
});
