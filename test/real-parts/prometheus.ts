import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prometheus } from '../../scripts/go-programs.mjs';
import { freePort } from './free-ports.js';
import { programVersions } from './program-versions.js';
import { answers, startProgram } from './running-program.js';

/**
 * The Prometheus of docker-compose.yml (`node scripts/prometheus.mjs --print` builds it), and that on the PATH: Debian's is a
 * Prometheus 2. A service of that name is never touched.
 */
export const prometheusVersions = programVersions(prometheus, ['prometheus'], 'promtool');

/** Where nothing is said of versions: that of docker-compose.yml, else that on the PATH. */
export const { program: prometheusProgram, tool: promtoolProgram } = prometheusVersions.preferred;

/** For what is tested with the earlier one: that on the PATH, else that of docker-compose.yml. */
export const earlierPrometheusProgram = prometheusVersions.onPath.program ?? prometheusProgram;

export interface PrometheusProcess {
  /** The base of its page and API. */
  readonly url: string;
  /** `data` of the answer of the HTTP API. */
  query(path: string, parameters: Record<string, string>): Promise<unknown>;
  /** What it has said on stderr. */
  logs(): string;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** `prometheusProgram` by default. */
  readonly program?: string | undefined;
  /** Further arguments, such as `--web.enable-remote-write-receiver`. */
  readonly args?: readonly string[];
  /** Further files beside the configuration, by their names: rules, for `rule_files`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Any free one by default. */
  readonly port?: number;
}

/** Starts Prometheus with the text of a configuration, on a free port of loopback and in a folder of its own. */
export async function startPrometheus(config: string, options: PrometheusOptions = {}): Promise<PrometheusProcess> {
  const { program: command = prometheusProgram, args = [], files = {}, port = await freePort() } = options;
  if (command === undefined) throw new Error('there is no Prometheus: node scripts/prometheus.mjs --print builds one');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-prometheus-'));
  const file = join(folder, 'prometheus.yaml');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(file, config);
  const url = `http://127.0.0.1:${port}`;
  const program = await startProgram({
    command,
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
      '--enable-feature=exemplar-storage',
      ...args,
    ],
    cwd: folder,
    isReady: answers(`${url}/-/ready`),
  });
  return {
    url,
    query: async (path, parameters) => {
      const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
      return ((await response.json()) as { data: unknown }).data;
    },
    logs: program.output,
    stop: async () => {
      await program.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
