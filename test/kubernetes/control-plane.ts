import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../real-parts/free-ports.js';
import { ProgramDidNotStart, type RunningProgram, startProgram } from '../real-parts/running-program.js';
import { KubernetesApi } from './kubernetes-api.js';
import { kubernetesPrograms } from './kustomize.js';

/** What makes pods of workloads, service accounts usable and the number of gateways right: controllers of these and no others. */
const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'daemonset-controller',
  'disruption-controller',
  'horizontal-pod-autoscaler-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
];

/** Who asked what of whom, without bodies. */
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{ level: Metadata }]
`;

/** A request that somebody made of the API server. */
export interface AuditedRequest {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly resource: string; readonly subresource?: string; readonly apiGroup?: string };
  readonly responseStatus: { readonly code: number };
}

/** etcd, kube-apiserver and kube-controller-manager, on loopback: a cluster without a node. */
export interface ControlPlane {
  readonly api: KubernetesApi;
  /** For kubectl. */
  readonly kubeconfig: string;
  /** The server's certificate and key; it is the certificate authority of the cluster, too. */
  readonly certificate: string;
  readonly key: string;
  /** What has been asked so far. */
  audit(): AuditedRequest[];
  stop(): Promise<void>;
}

/** Starts one on free ports; where another process was quicker on one of them, on others. */
export async function startControlPlane(): Promise<ControlPlane> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnFreePorts();
    } catch (error) {
      const wasBusy = error instanceof ProgramDidNotStart && error.message.includes('address already in use');
      if (!wasBusy || attempt === 5) throw error;
    }
  }
}

async function startOnFreePorts(): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-kubernetes-'));
  const at = (name: string) => join(folder, name);
  const program = (name: string) => join(kubernetesPrograms as string, name);
  const [etcdPort, peerPort, apiPort] = (await freePorts(3)) as [number, number, number];
  const token = randomBytes(16).toString('hex');
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(at('accounts.key'), pair.privateKey.export({ type: 'sec1', format: 'pem' }));
  writeFileSync(at('accounts.pub'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('tokens.csv'), `${token},admin,admin,system:masters\n`);
  writeFileSync(at('audit.yaml'), auditPolicy);

  const running: RunningProgram[] = [];
  const stop = async () => {
    for (const each of running.reverse()) await each.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const etcdUrl = `http://127.0.0.1:${etcdPort}`;
    running.push(
      await startProgram({
        command: program('etcd'),
        args: [
          ...['--data-dir', at('etcd'), '--unsafe-no-fsync', '--listen-peer-urls', `http://127.0.0.1:${peerPort}`],
          ...['--listen-client-urls', etcdUrl, '--advertise-client-urls', etcdUrl],
        ],
        isReady: (output) => output.includes('ready to serve client requests'),
      }),
    );
    const url = `https://127.0.0.1:${apiPort}`;
    const certificateFile = join(at('certificates'), 'apiserver.crt');
    const makeApi = () => new KubernetesApi(url, readFileSync(certificateFile, 'utf8'), token);
    running.push(
      await startProgram({
        command: program('kube-apiserver'),
        args: [
          ...['--etcd-servers', etcdUrl, '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1'],
          ...['--secure-port', String(apiPort), '--cert-dir', at('certificates'), '--authorization-mode', 'RBAC'],
          ...['--service-account-issuer', 'https://kubernetes.default.svc', '--token-auth-file', at('tokens.csv')],
          ...['--service-account-key-file', at('accounts.pub')],
          ...['--service-account-signing-key-file', at('accounts.key'), '--service-cluster-ip-range', '10.96.0.0/24'],
          // as servers before 1.34 are: clients list before they watch, and need the right to
          '--feature-gates=WatchList=false',
          ...['--audit-policy-file', at('audit.yaml'), '--audit-log-path', at('audit.log')],
        ],
        isReady: async () => existsSync(certificateFile) && (await isReady(makeApi())),
      }),
    );
    const api = makeApi();
    const kubeconfig = at('kubeconfig.json');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(url, certificateFile, token)));
    running.push(
      await startProgram({
        command: program('kube-controller-manager'),
        args: [
          ...['--kubeconfig', kubeconfig, '--leader-elect=false', '--secure-port=0'],
          ...['--service-account-private-key-file', at('accounts.key'), '--root-ca-file', certificateFile],
          ...['--controllers', controllers.join(','), '--horizontal-pod-autoscaler-sync-period=1s'],
        ],
        isReady: (output) => output.includes('Caches are synced'),
      }),
    );
    return {
      api,
      kubeconfig,
      certificate: readFileSync(certificateFile, 'utf8'),
      key: readFileSync(join(at('certificates'), 'apiserver.key'), 'utf8'),
      audit: () =>
        readFileSync(at('audit.log'), 'utf8')
          .split('\n')
          .filter((line) => line.endsWith('}'))
          .map((line) => JSON.parse(line) as AuditedRequest),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const isReady = (api: KubernetesApi) =>
  api.get('/readyz').then(
    () => true,
    () => false,
  );

function kubeconfigOf(server: string, certificateFile: string, token: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': certificateFile } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  };
}
