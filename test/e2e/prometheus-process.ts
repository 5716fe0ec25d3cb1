import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Programs of Debian's package prometheus, where they are on the PATH. A service of that name is never touched. */
export const prometheusProgram = onPath('prometheus');
export const promtoolProgram = onPath('promtool');

export interface PrometheusProcess {
  /** `data` of the answer of the HTTP API. */
  query(path: string, parameters: Record<string, string>): Promise<unknown>;
  stop(): Promise<void>;
}

const START_MILLIS = 30_000;

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts Prometheus with a configuration, on a free port of loopback and in a folder of its own. */
export async function startPrometheus(config: string): Promise<PrometheusProcess> {
  if (prometheusProgram === undefined) throw new Error('there is no prometheus on the PATH');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-prometheus-'));
  const file = join(folder, 'prometheus.yaml');
  writeFileSync(file, config);
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    prometheusProgram,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
      '--enable-feature=exemplar-storage',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'close');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + START_MILLIS; ; await delay(50)) {
    const isReady = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Prometheus does not start:\n${output}`);
    }
  }
  return {
    query: async (path, parameters) => {
      const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
      return ((await response.json()) as { data: unknown }).data;
    },
    stop,
  };
}
