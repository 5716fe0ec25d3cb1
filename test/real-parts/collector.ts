import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { configArguments } from '../../scripts/collector-configs.mjs';
import { parseOtlpJsonLines, type Telemetry } from '../otlp/json-lines.js';
import { freePorts } from './free-ports.js';
import { ProgramDidNotStart, type RunningProgram, startProgram } from './running-program.js';

/**
 * True when `OTELCOL` names a Collector; `npm test` sets it when there is one. A suite that needs it says so in its name,
 * and `npm test` then tells why it did not run: `describe.skipIf(!collectorAvailable)('… with the Collector', …)`.
 */
export const collectorAvailable = Boolean(process.env.OTELCOL);

export interface CollectorOptions {
  /**
   * Files of collector-config/ by their names, laid over base.yaml in this order. `['files.yaml', 'prometheus.yaml']` by
   * default.
   */
  overlays?: readonly string[];
  /** Further configuration files, by their paths, laid over all of those. None by default. */
  config?: readonly string[];
  /** Further arguments, such as `--feature-gates=…`. None by default. */
  args?: readonly string[];
  /**
   * Further environment, for `${env:NAME}` in the files. COLLECTOR_* may be set here to choose ports: then a busy one is an
   * error. `ports` of an earlier one is what a Collector needs to come back in its place.
   */
  env?: Readonly<Record<string, string>>;
  /** As `startProgram` has it. */
  startMillis?: number;
}

export interface CollectorProcess {
  /** The base of OTLP/HTTP, without /v1/traces. */
  readonly otlpHttpUrl: string;
  /** HOST:PORT of OTLP/gRPC. */
  readonly otlpGrpcEndpoint: string;
  /** The page of the Collector's Prometheus exporter, where prometheus.yaml is laid over. */
  readonly prometheusUrl: string;
  /** The page of its metrics about itself. */
  readonly telemetryUrl: string;
  /** Answers 200 while it runs. */
  readonly healthUrl: string;
  readonly pid: number;
  /** The environment names of its ports, with their values: given as `env` to another one, that one takes its place. */
  readonly ports: Readonly<Record<string, string>>;
  /** Everything that the file exporters have written so far. */
  readFile(): Telemetry;
  /** The same as it stands in the files. */
  readText(): string;
  /** Reads the files until the condition holds; throws with what it saw when that takes longer than a minute. */
  readFileWhen(ready: (telemetry: Telemetry) => boolean, timeoutMillis?: number): Promise<Telemetry>;
  /** Sums of the Collector's own metrics over all label sets: `otelcol_receiver_accepted_spans` and the like. */
  ownMetric(name: string, labels?: RegExp): Promise<number>;
  /** What the Collector has said on stderr and stdout. */
  logs(): string;
  hasEnded(): boolean;
  /** Ends it at once (SIGKILL), with what it had in memory; what it wrote stays readable. */
  kill(): Promise<void>;
  /** Lets it flush (SIGTERM), waits for its end, removes its folder. What it wrote stays readable. */
  stop(): Promise<void>;
}

/** The folder of the files that are shipped. */
export const collectorConfigFolder = fileURLToPath(new URL('../../collector-config/', import.meta.url));

const portNames = [
  'COLLECTOR_OTLP_GRPC_PORT',
  'COLLECTOR_OTLP_HTTP_PORT',
  'COLLECTOR_PROMETHEUS_PORT',
  'COLLECTOR_HEALTH_PORT',
  'COLLECTOR_TELEMETRY_PORT',
  'COLLECTOR_REMOTE_WRITE_PORT',
];
const readyLine = 'Everything is ready';

/** The arguments of a Collector for base.yaml with these files over it: names of collector-config/, or whole paths. */
export function collectorArguments(files: readonly string[]): string[] {
  const paths = ['base.yaml', ...files].map((file) => (isAbsolute(file) ? file : join(collectorConfigFolder, file)));
  return configArguments(paths);
}

/**
 * Starts the Collector that `OTELCOL` names on free loopback ports and in a folder of its own, and resolves when it takes
 * data.
 */
export async function startCollector(options: CollectorOptions = {}): Promise<CollectorProcess> {
  const { overlays = ['files.yaml', 'prometheus.yaml'], config = [], env: extra = {}, startMillis } = options;
  const command = process.env.OTELCOL;
  if (!command) throw new Error('OTELCOL is not set: run the tests by `npm test`, or set it to a Collector');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-collector-'));
  const args = [...collectorArguments([...overlays, ...config]), ...(options.args ?? [])];

  let env: Record<string, string | undefined> = {};
  let program: RunningProgram | undefined;
  for (let attempt = 1; program === undefined; attempt += 1) {
    const free = await freePorts(portNames.length);
    const chosen = Object.fromEntries(portNames.map((name, index) => [name, String(free[index])]));
    env = { ...process.env, ...chosen, COLLECTOR_FOLDER: folder, ...extra };
    const isReady = (output: string) => output.includes(readyLine);
    try {
      program = await startProgram({
        command,
        args,
        env,
        cwd: folder,
        isReady,
        ...(startMillis !== undefined && { startMillis }),
      });
    } catch (error) {
      // another process may have been quicker on a port that was free
      const wasBusy = error instanceof ProgramDidNotStart && error.message.includes('address already in use');
      if (wasBusy && attempt < 5) continue;
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  const running = program;
  const host = env.COLLECTOR_HOST || '127.0.0.1';
  const at = (name: string) => `${host}:${env[name]}`;
  const telemetryUrl = `http://${at('COLLECTOR_TELEMETRY_PORT')}/metrics`;
  let last: string | undefined;
  const readText = () => last ?? readFiles(env.COLLECTOR_FOLDER as string);
  const readFile = () => parseOtlpJsonLines(readText());
  const end = async (signal: NodeJS.Signals) => {
    await running.stop(signal);
    last ??= readText();
    rmSync(folder, { recursive: true, force: true });
  };

  return {
    otlpHttpUrl: `http://${at('COLLECTOR_OTLP_HTTP_PORT')}`,
    otlpGrpcEndpoint: at('COLLECTOR_OTLP_GRPC_PORT'),
    prometheusUrl: `http://${at('COLLECTOR_PROMETHEUS_PORT')}/metrics`,
    telemetryUrl,
    healthUrl: `http://${at('COLLECTOR_HEALTH_PORT')}/`,
    pid: running.pid,
    ports: Object.fromEntries(portNames.map((name) => [name, env[name] as string])),
    readFile,
    readText,
    async readFileWhen(ready, timeoutMillis = 60_000) {
      for (const deadline = Date.now() + timeoutMillis; ; await delay(50)) {
        const telemetry = readFile();
        if (ready(telemetry)) return telemetry;
        if (Date.now() > deadline) throw new Error(notThere(telemetry, timeoutMillis));
      }
    },
    async ownMetric(name, labels = /^/) {
      const page = await (await fetch(telemetryUrl)).text();
      return sumOfSeries(page, name, labels);
    },
    logs: running.output,
    hasEnded: running.hasEnded,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
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

function notThere(telemetry: Telemetry, timeoutMillis: number): string {
  const seen = {
    spans: telemetry.spans.map(({ item }) => item.name),
    metrics: telemetry.metrics.map(({ item }) => item.name),
    logs: telemetry.logs.map(({ item }) => item.body),
  };
  return `not in the Collector's files after ${timeoutMillis} ms; they have ${JSON.stringify(seen)}`;
}

/** Adds up the series of a page of Prometheus text whose name is this (with or without `_total`) and whose labels match. */
function sumOfSeries(page: string, name: string, labels: RegExp): number {
  return page
    .split('\n')
    .map((line) => /^([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)/.exec(line))
    .filter((found) => found !== null && (found[1] === name || found[1] === `${name}_total`))
    .filter((found) => labels.test(found?.[2] ?? ''))
    .reduce((sum, found) => sum + Number(found?.[3]), 0);
}
