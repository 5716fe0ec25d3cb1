import { fileURLToPath } from 'node:url';
import { findGoProgram } from '../../scripts/find-go-program.mjs';
import { jaeger } from '../../scripts/go-programs.mjs';
import { freePorts } from './free-ports.js';
import { answers, startProgram } from './running-program.js';

/** Jaeger's executable: `JAEGER`, what `node scripts/jaeger.mjs --print` has built, or one on the PATH; else undefined. */
export const jaegerProgram = findGoProgram(jaeger, process.env).path;

/** A trace as Jaeger's API tells it. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly {
    readonly spanID: string;
    readonly processID: string;
    readonly operationName: string;
    readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[];
    readonly tags: readonly { readonly key: string; readonly value: unknown }[];
    readonly logs: readonly { readonly fields: readonly { readonly key: string; readonly value: unknown }[] }[];
  }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

export interface JaegerProcess {
  /** Where it takes OTLP/HTTP, without /v1/traces. */
  readonly otlpUrl: string;
  /** The base of its page and of its API, without /api/traces. */
  readonly url: string;
  /** The traces of a service with a span of this name (any) that has all of these tags: what the search of its page asks. */
  search(service: string, tags: Readonly<Record<string, string>>, operation?: string): Promise<JaegerTrace[]>;
  /** One trace, or undefined where it has none of this id. */
  trace(traceId: string): Promise<JaegerTrace | undefined>;
  stop(): Promise<void>;
}

const config = fileURLToPath(new URL('./jaeger.yaml', import.meta.url));

/** Starts Jaeger in memory on free ports of loopback, and resolves when it answers. */
export async function startJaeger(): Promise<JaegerProcess> {
  if (jaegerProgram === undefined) throw new Error('there is no Jaeger: node scripts/jaeger.mjs --print builds one');
  const [query, grpc, otlp] = await freePorts(3);
  const url = `http://127.0.0.1:${query}`;
  const program = await startProgram({
    command: jaegerProgram,
    args: ['--config', config],
    env: {
      ...process.env,
      JAEGER_QUERY_PORT: String(query),
      JAEGER_GRPC_PORT: String(grpc),
      JAEGER_OTLP_PORT: String(otlp),
    },
    isReady: answers(`${url}/api/services`),
  });
  const traces = async (path: string): Promise<JaegerTrace[]> => {
    const response = await fetch(`${url}/api/traces${path}`);
    if (response.status === 404) return [];
    if (!response.ok) throw new Error(`Jaeger answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: JaegerTrace[] }).data;
  };
  return {
    otlpUrl: `http://127.0.0.1:${otlp}`,
    url,
    search: (service, tags, operation) => {
      const asked = { service, ...(operation !== undefined && { operation }), tags: JSON.stringify(tags) };
      return traces(`?${new URLSearchParams({ ...asked, limit: '1000', lookback: '1h' })}`);
    },
    trace: async (traceId) => (await traces(`/${traceId}`))[0],
    stop: () => program.stop('SIGKILL'),
  };
}
