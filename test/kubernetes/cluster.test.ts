import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { installOperatorDefinitions, runKubectl } from './apply.js';
import { hasNamespaces } from './container.js';
import { ContainerLog } from './container-log.js';
import { type ControlPlane, startControlPlane } from './control-plane.js';
import { type KubeletStats, startKubeletStats, used } from './kubelet-stats.js';
import {
  copyManifests,
  hasOpenssl,
  type KubernetesObject,
  kubernetesPrograms,
  type ManifestFolder,
  viewerToken,
} from './kustomize.js';
import { type RunningPod, TestNode } from './test-node.js';

/** SOAK=1: a gateway goes, which takes a minute. */
const IS_SOAK = process.env.SOAK === '1';

/** Production with log files of pods, and a second backend that takes what Jaeger does not. */
const ownOverlay = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../production]
components: [../../components/pod-logs]
patches:
  - target: { kind: Deployment, name: otel-gateway }
    patch: |
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: --config=/etc/otel-collector/vendor.yaml }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: VENDOR_OTLP_ENDPOINT, value: http://otlp.logging.svc:4318 }
`;

const isPossible = kubernetesPrograms !== undefined && collectorAvailable && hasNamespaces && hasOpenssl;

describe.skipIf(!isPossible)(
  'the production overlay with the Collector (needs Kubernetes, namespaces and openssl)',
  () => {
    let cluster: ControlPlane;
    let manifests: ManifestFolder;
    let node: TestNode;
    let kubelet: KubeletStats;
    let jaeger: OtlpSink;
    let vendor: OtlpSink;
    /** What kubectl said, one after the other, in a cluster that was empty. */
    let said: Record<'small' | 'own' | 'again' | 'volumes' | 'back', { stdout: string; stderr: string }>;
    let application: RunningPod;
    let agent: RunningPod;
    let reader: RunningPod;
    let gateways: RunningPod[];

    beforeAll(async () => {
      cluster = await startControlPlane();
      manifests = copyManifests();
      installOperatorDefinitions(cluster);
      const own = manifests.add('own', ownOverlay);
      const apply = (overlay: string, ...args: string[]) =>
        runKubectl(cluster, ['apply', '--validate=strict', ...args, '-k', overlay]);
      said = {
        small: apply(manifests.overlay('small')),
        own: apply(own),
        again: apply(own, '--dry-run=server'),
        volumes: apply(manifests.overlay('everything'), '--dry-run=server'),
        back: apply(manifests.overlay('small'), '--dry-run=server'),
      };

      node = new TestNode(cluster);
      await node.register();
      kubelet = await startKubeletStats(cluster, node.name, () => node.running.map(({ pod }) => pod));
      jaeger = await startSink({ host: node.nextAddress(), port: 4318 });
      await node.addName('jaeger.tracing.svc', new URL(jaeger.url).hostname);
      vendor = await startSink({ host: node.nextAddress(), port: 4318 });
      await node.addName('otlp.logging.svc', new URL(vendor.url).hostname);
      mkdirSync(join(node.root, 'var/log/pods'), { recursive: true });

      // every trace, and sooner than by default: it is asked for below
      const sampling = { COLLECTOR_SAMPLING_PERCENT: '100', ...(!IS_SOAK && { COLLECTOR_SAMPLING_WAIT: '500ms' }) };
      const gateway = () => node.run('observability', 'otel-gateway', () => sampling);
      gateways = [await gateway(), await gateway()];
      // ports are this machine's: a kubelet of its own may be on 10250
      const kubeletAt = { COLLECTOR_KUBELET_PORT: String(kubelet.port), COLLECTOR_POD_METRICS_INTERVAL: '500ms' };
      agent = await node.run('observability', 'otel-agent', () => kubeletAt);
      reader = await node.run('observability-node', 'otel-pod-logs');
      // all pods share a network here: 0.0.0.0 would be the address of both
      application = await node.run('sizewise', 'sizewise', (ip) => ({
        HOST: ip,
        OTEL_EXPORTER_PROMETHEUS_HOST: ip,
        OTEL_BSP_SCHEDULE_DELAY: '1000',
      }));
    }, 600_000);
    afterAll(async () => {
      await node?.stop();
      await kubelet?.close();
      await jaeger?.close();
      await vendor?.close();
      await cluster?.stop();
      manifests?.remove();
    });

    const spansWhen = async (ready: (spans: ReturnType<OtlpSink['received']>['spans']) => boolean) => {
      for (const until = Date.now() + 60_000; Date.now() < until; await delay(50)) {
        if (ready(jaeger.received().spans)) return jaeger.received().spans;
      }
      throw new Error(`not among ${jaeger.received().spans.map(({ item }) => item.name)}\n${agent.container.output()}`);
    };

    const lines = (which: keyof typeof said) => said[which].stdout.split('\n').filter((line) => line !== '');
    const ending = (which: keyof typeof said, end: string) => lines(which).filter((line) => line.endsWith(end));

    it('is accepted by the API server, strictly and without a warning', () => {
      expect(Object.values(said).map(({ stderr }) => stderr)).toEqual(['', '', '', '', '']);
      expect(ending('small', ' created')).toEqual(lines('small'));
    });

    it('comes over the small overlay, which changes nothing that cannot be changed', () => {
      expect(ending('own', ' configured').sort()).toEqual([
        'daemonset.apps/otel-agent configured',
        'networkpolicy.networking.k8s.io/otel-agent configured',
        ...alwaysConfigured('sizewise-app'),
      ]);
      expect(ending('own', ' created')).toContain('deployment.apps/otel-gateway created');
      expect(ending('back', ' configured (server dry run)')).toHaveLength(3);
    });

    it('is the same when it is applied again', () => {
      const changed = lines('again').filter((line) => !line.endsWith(' unchanged (server dry run)'));
      const always = ['otel-gateway', 'sizewise-app'].flatMap(alwaysConfigured);
      expect(changed.filter((line) => !line.startsWith('secret/')).sort()).toEqual(
        always.map((line) => `${line} (server dry run)`),
      );
      // kustomize breaks base64 of more than 70 characters into lines, and kubectl compares texts
      expect(changed.filter((line) => line.startsWith('secret/')).map((line) => line.split('-').slice(1, 3))).toEqual([
        ['gateway', 'tls'],
        ['gateway', 'token'],
      ]);
    });

    it('may have gateways with volumes in place of it', () => {
      expect(ending('volumes', ' created (server dry run)')).toEqual([
        'statefulset.apps/otel-gateway created (server dry run)',
      ]);
      expect(ending('volumes', ' configured (server dry run)')).toContain(
        'horizontalpodautoscaler.autoscaling/otel-gateway configured (server dry run)',
      );
    });

    it('starts as many gateways as the autoscaler wants at least, and an agent on the node', async () => {
      const { spec } = await cluster.api.get('/apis/apps/v1/namespaces/observability/deployments/otel-gateway');
      expect(spec.replicas).toBe(2);
      const { status } = await cluster.api.get('/apis/apps/v1/namespaces/observability/daemonsets/otel-agent');
      expect(status.desiredNumberScheduled).toBe(1);
    });

    it("brings a request's span from the application through agent and gateway, with the names of its pod", async () => {
      const url = `http://${application.ip}:8080`;
      expect((await fetch(`${url}/`)).status).toBe(200);
      const spans = await spansWhen((all) => all.some(({ item }) => item.name === 'GET'));
      const { metadata } = application.pod as typeof application.pod & { metadata: { uid: string } };
      expect(spans.find(({ item }) => item.name === 'GET')?.resource).toMatchObject({
        'service.name': 'sizewise',
        'service.version': '2.1.0',
        'service.instance.id': `sizewise.${metadata.name}.sizewise`,
        'deployment.environment.name': 'production',
        'k8s.namespace.name': 'sizewise',
        'k8s.pod.name': metadata.name,
        'k8s.pod.uid': metadata.uid,
        'k8s.node.name': 'node-1',
        'k8s.container.name': 'sizewise',
        // the Collector's part
        'k8s.deployment.name': 'sizewise-app',
        'k8s.pod.start_time': expect.stringMatching(/^20\d\d-/),
      });
    });

    it('finds the pod of a program that says nothing of itself, by the address that it sends from', async () => {
      expect(await sendFrom(application.ip, `http://${agent.ip}:4318/v1/traces`, spanOf('from-nobody'))).toBe(200);
      const spans = await spansWhen((all) => all.some(({ item }) => item.name === 'from-nobody'));
      expect(spans.find(({ item }) => item.name === 'from-nobody')?.resource).toEqual({
        'k8s.namespace.name': 'sizewise',
        'k8s.pod.name': application.pod.metadata.name,
        'k8s.pod.uid': (application.pod.metadata as { uid?: string }).uid,
        'k8s.pod.start_time': expect.any(String),
        'k8s.node.name': 'node-1',
        'k8s.deployment.name': 'sizewise-app',
      });
    });

    it('shows what each pod uses on the page of its agent, by the names of the conventions', async () => {
      const page = await pageWhen(`http://${agent.ip}:8889/metrics`, (text) => text.includes('k8s_pod_cpu_usage'));
      const of = (name: string) => {
        const lines = page.split('\n').filter((line) => line.startsWith(`${name}{`));
        return lines.find((line) => line.includes(`k8s_pod_name="${application.pod.metadata.name}"`));
      };
      const labels = /\{.*k8s_namespace_name="sizewise",k8s_node_name="node-1",k8s_pod_name="[^"]+".*\}/;
      expect(of('k8s_pod_cpu_usage')).toMatch(labels);
      expect(Number(of('k8s_pod_cpu_usage')?.split(' ').at(-1))).toBe(used.nanoCores / 1e9);
      expect(Number(of('k8s_pod_cpu_time_seconds_total')?.split(' ').at(-1))).toBe(used.coreNanoSeconds / 1e9);
      expect(Number(of('k8s_pod_memory_working_set_bytes')?.split(' ').at(-1))).toBe(used.workingSetBytes);
      const sent = page.split('\n').filter((line) => line.startsWith('k8s_pod_network_io_bytes_total{'));
      const ofApplication = sent.filter((line) => line.includes(`k8s_pod_name="${application.pod.metadata.name}"`));
      expect(
        ofApplication.map((line) => line.replace(/.*(network_interface.*?),otel_scope.*\} /, '$1 ')).sort(),
      ).toEqual([
        'network_interface_name="eth0",network_io_direction="receive" 1000',
        'network_interface_name="eth0",network_io_direction="transmit" 2000',
      ]);
      const known = Object.entries(conventions).filter(([key]) => key.startsWith('METRIC_K8S_POD_'));
      const names = known.map(([, name]) => String(name).replaceAll('.', '_'));
      const shown = [...page.matchAll(/^# TYPE (k8s_pod_\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
      expect(shown.sort()).toEqual([
        'k8s_pod_cpu_time_seconds_total counter',
        'k8s_pod_cpu_usage gauge',
        'k8s_pod_filesystem_available_bytes gauge',
        'k8s_pod_filesystem_capacity_bytes gauge',
        'k8s_pod_filesystem_usage_bytes gauge',
        'k8s_pod_memory_available_bytes gauge',
        'k8s_pod_memory_rss_bytes gauge',
        'k8s_pod_memory_usage_bytes gauge',
        'k8s_pod_memory_working_set_bytes gauge',
        'k8s_pod_network_errors_total counter',
        'k8s_pod_network_io_bytes_total counter',
        'k8s_pod_uptime_seconds gauge',
      ]);
      const bare = shown.map((line) => line.replace(/(_bytes|_seconds)?(_total)? \w+$/, ''));
      expect(bare.filter((name) => !names.includes(name))).toEqual([]);
    });

    it('reads log files of pods as root without a right, and their records have the names of the workload', async () => {
      const { name, namespace, uid } = application.pod.metadata as { name: string; namespace: string; uid: string };
      const of = { namespace, pod: name, uid, container: 'sizewise' };
      const log = new ContainerLog(join(node.root, 'var/log/pods'), of);
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const fields = { trace_id: traceId, span_id: 'b7ad6b7169203331', trace_flags: '01' };
      log.write(
        JSON.stringify({ level: 30, time: 1_790_000_000_000, ...fields, msg: 'sheet decoded', password: 'x1' }),
      );
      const found = () => vendor.received().logs.find(({ item }) => item.body === 'sheet decoded');
      await untilTrue(async () => found() !== undefined);
      expect(found()).toMatchObject({
        resource: {
          'service.name': 'sizewise',
          'k8s.namespace.name': 'sizewise',
          'k8s.pod.name': name,
          'k8s.pod.uid': uid,
          'k8s.container.name': 'sizewise',
          'k8s.deployment.name': 'sizewise-app',
          'k8s.node.name': 'node-1',
        },
        item: { traceId, spanId: 'b7ad6b7169203331', timeUnixNano: '1790000000000000000', severityNumber: 9 },
      });
      expect(found()?.item.attributes.password).toBe('****');
      expect(statSync(log.file).mode & 0o777).toBe(0o640);
    });

    it('answers Prometheus with the token of the Secret, and nobody without', async () => {
      const url = `http://${application.ip}:9464/metrics`;
      expect((await fetch(url)).status).toBe(401);
      const answer = await fetch(url, { headers: { authorization: `Bearer ${viewerToken}` } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('http_server_request_duration_seconds_bucket');
    });

    it.skipIf(prometheusProgram === undefined)(
      'is scraped whole by a Prometheus with kubernetes.yaml, with labels as behind a Collector (needs prometheus)',
      async () => {
        const text = readFileSync(join(repositoryRoot, 'prometheus-config', 'kubernetes.yaml'), 'utf8');
        // Debian's Prometheus is built without discovery in Kubernetes: what it would find is told to it
        const found = JSON.stringify(node.running.flatMap(({ pod }) => discovered(pod)));
        const config = text
          .replaceAll('kubernetes_sd_configs: [{ role: pod }]', `static_configs: ${found}`)
          .replace('scrape_interval: 30s', 'scrape_interval: 1s')
          .replace('scrape_timeout: 10s', 'scrape_timeout: 1s')
          .replace('/etc/prometheus/viewer-token', 'viewer-token');
        const prometheus = await startPrometheus(config, { files: { 'viewer-token': `${viewerToken}\n` } });
        const { name } = application.pod.metadata;
        try {
          const labelsOf = async (query: string) => {
            const { result } = (await prometheus.query('query', { query })) as { result: { metric: object }[] };
            return result.map(({ metric }) => metric);
          };
          const pods = (name: string) => `k8s_pod_cpu_usage{k8s_pod_name="${name}"}`;
          await untilTrue(async () => (await labelsOf(`${pods(name)} and on () (count(up == 1) == 6)`)).length > 0);
          const collectors = [agent, reader, ...gateways].map(({ pod }) => pod.metadata);
          expect((await labelsOf('up')).map((labels) => Object.values(labels).join(' ')).sort()).toEqual(
            [
              `up sizewise.${name}.sizewise sizewise`,
              `up ${agent.ip}:8889 pushed`,
              ...collectors.map(({ name, labels }) => `up ${name} ${labels?.['app.kubernetes.io/name']}`),
            ].sort(),
          );
          expect(await labelsOf('target_info{job="sizewise"}')).toMatchObject([
            { instance: `sizewise.${name}.sizewise`, k8s_pod_name: name, service_version: '2.1.0' },
          ]);
        } finally {
          await prometheus.stop();
        }
      },
    );

    it('has the rights that it uses and no others', async () => {
      const account = 'system:serviceaccount:observability:otel-agent';
      const asked = cluster.audit().filter(({ user }) => user.username === account);
      expect(asked.filter(({ responseStatus }) => [401, 403].includes(responseStatus.code))).toEqual([]);
      // the role cannot say so, but pods of other nodes are not asked for
      expect(asked.filter(({ requestURI }) => !requestURI.includes('fieldSelector=spec.nodeName%3Dnode-1'))).toEqual(
        [],
      );
      const ofApi = asked.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`);
      const ofKubelet = kubelet.asked.filter(({ username }) => username === account);
      expect(ofKubelet.filter(({ status }) => status !== 200)).toEqual([]);
      const usedRights = new Set([
        ...ofApi,
        ...ofKubelet.map(({ path }) => `get nodes${path.replace('/summary', '')}`),
      ]);
      const role = await cluster.api.get('/apis/rbac.authorization.k8s.io/v1/clusterroles/otel-agent');
      const granted = role.rules.flatMap(({ verbs, resources }: { verbs: string[]; resources: string[] }) =>
        verbs.flatMap((verb) => resources.map((resource) => `${verb} ${resource}`)),
      );
      expect([...usedRights].sort()).toEqual(granted.sort());
    });

    it('gives gateways, applications and the reader of log files no token of Kubernetes', () => {
      for (const { pod } of [...gateways, application, reader]) {
        expect(pod.spec.volumes.filter((volume: object) => 'projected' in volume)).toEqual([]);
      }
    });

    if (IS_SOAK) {
      it('loses no span of 200 a second when a gateway goes, with its queue, as its spec says', {
        timeout: 300_000,
      }, async () => {
        const sent: string[] = [];
        let isOver = false;
        const load = (async () => {
          while (!isOver) {
            const name = `steady-${sent.length}`;
            const status = await sendFrom(
              application.ip,
              `http://${agent.ip}:4318/v1/traces`,
              spanOf(name, sent.length + 1),
            );
            expect(status).toBe(200);
            sent.push(name);
            await delay(5);
          }
        })();
        await delay(10_000);
        expect(await node.end(gateways[1] as RunningPod)).toBe(0);
        await delay(5_000);
        isOver = true;
        await load;
        const missing = () => {
          const arrived = new Set(jaeger.received().spans.map(({ item }) => item.name));
          return sent.filter((name) => !arrived.has(name));
        };
        await untilTrue(async () => missing().length === 0).catch(() => undefined);
        console.log(`a gateway that goes: ${sent.length} spans sent, ${missing().length} missing`);
        expect(missing()).toEqual([]);
      });
    }

    it('flushes when a pod is ended: the span of the last moment arrives, and the container ends in its grace', async () => {
      expect((await fetch(`http://${application.ip}:8080/broken`)).status).toBe(500);
      // what its spec leaves after preStop; who has not ended then is killed, and has no 143
      const exit = await application.container.terminate('SIGTERM', 25_000);
      expect(exit).toBe(143);
      const isLast = (attributes: Record<string, unknown>) => attributes['url.path'] === '/broken';
      const spans = await spansWhen((all) => all.some(({ item }) => isLast(item.attributes)));
      expect(spans.find(({ item }) => isLast(item.attributes))?.item.attributes['error.type']).toBe('500');
    });

    it('ends its Collectors on SIGTERM without a complaint', async () => {
      for (const { container } of [reader, agent, ...gateways]) {
        expect(await container.terminate('SIGTERM', 20_000)).toBe(0);
        expect(container.output()).toContain('Shutdown complete');
        expect(
          container
            .output()
            .split('\n')
            .filter((line) => /\terror\t/.test(line)),
        ).toEqual([]);
      }
    });
  },
);

/** kubectl says so of each budget that it applies: their selectors are replaced, not merged. */
const alwaysConfigured = (name: string) => [`poddisruptionbudget.policy/${name} configured`];

/** What discovery in Kubernetes tells of a pod: a target for each of its ports. */
function discovered({ metadata, spec, status }: KubernetesObject): { targets: string[]; labels: object }[] {
  return spec.containers.flatMap((container: { name: string; ports: { name: string; containerPort: number }[] }) =>
    container.ports.map((port) => ({
      targets: [`${status.podIP}:${port.containerPort}`],
      labels: {
        __meta_kubernetes_namespace: metadata.namespace,
        __meta_kubernetes_pod_name: metadata.name,
        __meta_kubernetes_pod_container_name: container.name,
        __meta_kubernetes_pod_container_port_name: port.name,
        __meta_kubernetes_pod_label_app_kubernetes_io_name: metadata.labels?.['app.kubernetes.io/name'],
      },
    })),
  );
}

async function untilTrue(isTrue: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) if (await isTrue()) return;
  throw new Error('it did not become true in 60 s');
}

const spanOf = (name: string, trace = 0) => ({
  resourceSpans: [
    {
      resource: { attributes: [] },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: [
            {
              traceId: trace === 0 ? '0af7651916cd43dd8448eb211c80319c' : trace.toString(16).padStart(32, 'a'),
              spanId: 'b7ad6b7169203331',
              name,
              startTimeUnixNano: `${Date.now()}000000`,
              endTimeUnixNano: `${Date.now() + 1}000000`,
            },
          ],
        },
      ],
    },
  ],
});

/** Posts JSON from an address of this machine, and gives the status. */
function sendFrom(localAddress: string, url: string, body: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', localAddress, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode as number);
    });
    sent.on('error', reject).end(JSON.stringify(body));
  });
}

async function pageWhen(url: string, ready: (text: string) => boolean): Promise<string> {
  let text = '';
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) {
    text = await (await fetch(url)).text();
    if (ready(text)) return text;
  }
  throw new Error(text);
}
