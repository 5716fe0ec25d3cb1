import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findJaeger } from '../../scripts/find-jaeger.mjs';

/** Jaeger's executable: `JAEGER`, one on the PATH, or what `node scripts/jaeger.mjs --print` has built; else undefined. */
export const jaegerProgram = findJaeger(process.env).path;

/** A trace as Jaeger's API tells it. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly {
    readonly operationName: string;
    readonly tags: readonly { readonly key: string; readonly value: unknown }[];
    readonly logs: readonly { readonly fields: readonly { readonly key: string; readonly value: unknown }[] }[];
  }[];
}

export interface JaegerProcess {
  /** Where it takes OTLP/HTTP, without /v1/traces. */
  readonly otlpUrl: string;
  /** The traces of a service with a span that has all of these tags: what the search of its page asks. */
  search(service: string, tags: Readonly<Record<string, string>>): Promise<JaegerTrace[]>;
  stop(): Promise<void>;
}

const START_MILLIS = 30_000;
const config = fileURLToPath(new URL('./jaeger.yaml', import.meta.url));

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts Jaeger in memory on free ports of loopback, and resolves when it answers. */
export async function startJaeger(): Promise<JaegerProcess> {
  if (jaegerProgram === undefined) throw new Error('there is no Jaeger: node scripts/jaeger.mjs --print builds one');
  const [query, grpc, otlp] = await freePorts(3);
  const child = spawn(jaegerProgram, ['--config', config], {
    env: {
      ...process.env,
      JAEGER_QUERY_PORT: String(query),
      JAEGER_GRPC_PORT: String(grpc),
      JAEGER_OTLP_PORT: String(otlp),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const ended = once(child, 'close');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
  };
  const url = `http://127.0.0.1:${query}`;
  for (const deadline = Date.now() + START_MILLIS; ; await delay(50)) {
    const answers = await fetch(`${url}/api/services`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Jaeger does not start:\n${output}`);
    }
  }
  return {
    otlpUrl: `http://127.0.0.1:${otlp}`,
    search: async (service, tags) => {
      const asked = new URLSearchParams({ service, tags: JSON.stringify(tags), limit: '1000', lookback: '1h' });
      const response = await fetch(`${url}/api/traces?${asked}`);
      if (!response.ok) throw new Error(`Jaeger answered ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { data: JaegerTrace[] }).data;
    },
    stop,
  };
}
