import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Child } from './child-process.js';

/** A Collector that takes what the services push, writes it to files and passes traces on to the launcher. */
export interface Collector {
  /** The base of OTLP/HTTP, without /v1/traces. */
  readonly url: string;
  /** The page of its Prometheus exporter. */
  readonly prometheusUrl: string;
  end(): Promise<void>;
  kill(): void;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const find = `${root}scripts/collector.mjs`;
const configs = [
  ...['base', 'files', 'prometheus'].map((name) => `${root}collector-config/${name}.yaml`),
  `${root}examples/sizewise/collector.yaml`,
];
const PORTS = ['OTLP_GRPC', 'OTLP_HTTP', 'PROMETHEUS', 'HEALTH', 'TELEMETRY'].map((name) => `COLLECTOR_${name}_PORT`);
const READY = 'Everything is ready';
const START_MILLIS = 30_000;
const ATTEMPTS = 3;
const LINES_KEPT = 20;

/** The executable of a Collector that this machine has, or undefined. Builds none. */
export function findCollector(): string | undefined {
  if (!existsSync(find)) return undefined;
  const { status, stdout } = spawnSync(process.execPath, [find, '--find'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * @param executable from `findCollector`
 * @param folder for its files: traces.jsonl, metrics.jsonl, logs.jsonl
 * @param sinkUrl where it passes traces on to, as OTLP/JSON
 * @throws Error with what it said last, when it does not start
 */
export async function startCollector(executable: string, folder: string, sinkUrl: string): Promise<Collector> {
  let said: string[] = [];
  // between the choice of a free port and its use another program may take it
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ports = await freePorts(PORTS.length);
    const chosen = Object.fromEntries(PORTS.map((name, index) => [name, String(ports[index])]));
    const env = { ...process.env, ...chosen, COLLECTOR_FOLDER: folder, SIZEWISE_SINK_URL: sinkUrl };
    said = [];
    let ready = () => {};
    const isReady = new Promise<boolean>((resolve) => {
      ready = () => resolve(true);
    });
    const args = configs.flatMap((path) => ['--config', path]);
    const child = new Child({ name: 'collector', command: executable, args, env, cwd: folder }, (line) => {
      said = [...said, line].slice(-LINES_KEPT);
      if (line.includes(READY)) ready();
    });
    const late = setTimeout(() => child.kill(), START_MILLIS);
    const hasStarted = await Promise.race([isReady, child.ended.then(() => false)]);
    clearTimeout(late);
    if (hasStarted) {
      return {
        url: `http://127.0.0.1:${chosen.COLLECTOR_OTLP_HTTP_PORT}`,
        prometheusUrl: `http://127.0.0.1:${chosen.COLLECTOR_PROMETHEUS_PORT}/metrics`,
        end: () => child.end(),
        kill: () => child.kill(),
      };
    }
    if (!said.join('').includes('address already in use')) break;
  }
  throw new Error(`the Collector did not start:\n${said.join('\n')}`);
}

/** Different free ports of the loopback interface: all are held before the first is let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}
