import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseOtlpJsonLines, type Telemetry } from './otlp-json-lines.js';

/**
 * True when `OTELCOL` names a Collector; `npm test` sets it when there is one. A suite that needs it says so in its name,
 * and `npm test` then tells why it did not run: `describe.skipIf(!collectorAvailable)('… with the Collector', …)`.
 */
export const collectorAvailable = Boolean(process.env.OTELCOL);

export interface CollectorOptions {
  /** Configuration files laid over collector-config/base.yaml, in this order. None by default. */
  config?: string[];
  /** Further environment, for `${env:NAME}` in the files. COLLECTOR_* may be set here to choose ports: then a busy one is an error. */
  env?: Record<string, string>;
}

export interface CollectorProcess {
  /** The base of OTLP/HTTP, without /v1/traces. */
  otlpHttpUrl: string;
  /** The page of the Collector's Prometheus exporter. */
  prometheusUrl: string;
  pid: number;
  /** Everything that the file exporters have written so far. */
  readFile(): Telemetry;
  /** The same as it stands in the files. */
  readText(): string;
  /** Reads the files until the condition holds; throws with what it saw when that takes longer than 10 s. */
  readFileWhen(ready: (telemetry: Telemetry) => boolean, timeoutMillis?: number): Promise<Telemetry>;
  /** What the Collector has said on stderr and stdout. */
  logs(): string;
  /** Lets it flush (SIGTERM), waits for its end, removes its folder. What it wrote stays readable. */
  stop(): Promise<void>;
}

const baseConfig = fileURLToPath(new URL('../../collector-config/base.yaml', import.meta.url));
const ports = [
  'COLLECTOR_OTLP_GRPC_PORT',
  'COLLECTOR_OTLP_HTTP_PORT',
  'COLLECTOR_PROMETHEUS_PORT',
  'COLLECTOR_TELEMETRY_PORT',
];
const readyLine = 'Everything is ready';
const startMillis = 30_000;
const stopMillis = 15_000;

/** Different free ports of the loopback interface: all are held before the first is let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const found = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Waits for the child's end; false when it takes longer. */
async function ended(child: ChildProcess, timeoutMillis: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMillis; !hasEnded(child) && Date.now() < deadline; ) await delay(20);
  return hasEnded(child);
}

/** The whole lines of the three files; a last line without its end is still being written, and left for the next time. */
function readFiles(folder: string): string {
  const texts = ['traces', 'metrics', 'logs'].map((signal) => {
    const file = join(folder, `${signal}.jsonl`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text.slice(0, text.lastIndexOf('\n') + 1);
  });
  return texts.join('');
}

interface Started {
  child: ChildProcess;
  output: string[];
}

/** Starts it and waits until it takes data; `undefined` when another process was quicker on one of the ports. */
async function launch(
  executable: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<Started | undefined> {
  const child = spawn(executable, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => output.push(text));
  const deadline = Date.now() + startMillis;
  while (!output.join('').includes(readyLine)) {
    if (failure !== undefined) throw failure;
    if (hasEnded(child)) {
      await delay(50); // what it said last
      if (output.join('').includes('address already in use')) return undefined;
      throw new Error(`the Collector ended with ${child.exitCode ?? child.signalCode}:\n${output.join('')}`);
    }
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the Collector was not ready after ${startMillis} ms:\n${output.join('')}`);
    }
    await delay(20);
  }
  return { child, output };
}

/**
 * Starts the Collector that `OTELCOL` names with collector-config/base.yaml on free loopback ports and in a folder of its
 * own, and resolves when it takes data.
 */
export async function startCollector({
  config = [],
  env: extra = {},
}: CollectorOptions = {}): Promise<CollectorProcess> {
  const executable = process.env.OTELCOL;
  if (!executable) throw new Error('OTELCOL is not set: run the tests by `npm test`, or set it to a Collector');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-collector-'));
  const args = [baseConfig, ...config].flatMap((path) => ['--config', path]);

  let env: NodeJS.ProcessEnv = {};
  let started: Started | undefined;
  try {
    for (let attempt = 1; started === undefined; attempt += 1) {
      if (attempt > 5) throw new Error('the ports given to the Collector are busy');
      const free = await freePorts(ports.length);
      const chosen = Object.fromEntries(ports.map((name, index) => [name, String(free[index])]));
      env = { ...process.env, ...chosen, COLLECTOR_FOLDER: folder, ...extra };
      started = await launch(executable, args, env, folder);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }

  const { child, output } = started;
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let last: string | undefined;
  const readText = () => last ?? readFiles(env.COLLECTOR_FOLDER as string);
  const readFile = () => parseOtlpJsonLines(readText());
  const host = env.COLLECTOR_HOST || '127.0.0.1';

  return {
    otlpHttpUrl: `http://${host}:${env.COLLECTOR_OTLP_HTTP_PORT}`,
    prometheusUrl: `http://${host}:${env.COLLECTOR_PROMETHEUS_PORT}/metrics`,
    pid: child.pid as number,
    readFile,
    readText,
    async readFileWhen(ready, timeoutMillis = 10_000) {
      const deadline = Date.now() + timeoutMillis;
      for (;;) {
        const telemetry = readFile();
        if (ready(telemetry)) return telemetry;
        if (Date.now() > deadline) {
          const seen = {
            spans: telemetry.spans.map(({ item }) => item.name),
            metrics: telemetry.metrics.map(({ item }) => item.name),
            logs: telemetry.logs.map(({ item }) => item.body),
          };
          throw new Error(`not in the Collector's files after ${timeoutMillis} ms; they have ${JSON.stringify(seen)}`);
        }
        await delay(50);
      }
    },
    logs: () => output.join(''),
    async stop() {
      child.kill('SIGTERM');
      if (!(await ended(child, stopMillis))) {
        kill();
        await ended(child, stopMillis);
      }
      process.off('exit', kill);
      last ??= readText();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
