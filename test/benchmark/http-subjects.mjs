import { startChild } from './child-process.mjs';

/**
 * What is measured: a process bare, with ours, and with the official instrumentations. `ways` are ours, by how they are
 * started; `instrumentations` are those that do the same.
 */
export const SUBJECTS = {
  server: {
    name: 'HTTP server',
    kind: 'SERVER',
    file: './http-service-child.mjs',
    env: { BENCHMARK_APP: 'node' },
    ways: ['register', 'middleware'],
    instrumentations: 'http',
    reference: 'instrumentation-http',
  },
  express: {
    name: 'Express 5 server',
    kind: 'SERVER',
    file: './http-service-child.mjs',
    env: { BENCHMARK_APP: 'express' },
    ways: ['middleware'],
    instrumentations: 'http,express',
    reference: 'instrumentation-http and -express',
  },
  client: {
    name: 'node:http client',
    kind: 'CLIENT',
    file: './http-client-child.mjs',
    env: { BENCHMARK_CLIENT: 'http' },
    ways: ['register'],
    instrumentations: 'http',
    reference: 'instrumentation-http',
  },
  fetch: {
    name: 'fetch client',
    kind: 'CLIENT',
    file: './http-client-child.mjs',
    env: { BENCHMARK_CLIENT: 'fetch' },
    ways: ['register'],
    instrumentations: 'undici',
    reference: 'instrumentation-undici',
  },
};

const OURS = {
  register: '@otel-monitor/node/register',
  middleware: new URL('./with-middleware.mjs', import.meta.url).href,
};
const THEIRS = new URL('./with-instrumentation.mjs', import.meta.url).href;
const CONTEXT = new URL('./with-context.mjs', import.meta.url).href;

/** Variants that export nothing. */
export const RECORDING_NOTHING = ['bare', 'context'];

/** Bare, with context alone, by the official instrumentations, and by each of our ways. */
export function variantsOf(subject) {
  return [...RECORDING_NOTHING, 'instrumentations', ...subject.ways];
}

/**
 * Starts the process of a subject and waits until it is ready.
 * @param {any} subject
 * @param {string} variant
 * @param {{ sink: { url: string }, ratio: number }} options
 */
export async function startVariant(subject, variant, { sink, ratio }) {
  const child = startChild(subject.file, {
    ...startedBy(variant),
    env: { ...subject.env, ...environment(subject, variant, { sink, ratio }) },
  });
  const { port } = await child.message('listening');
  const answer = async (type, message) => {
    child.send({ type, ...message });
    return (await child.message(`${type} done`)).result;
  };
  return {
    variant,
    port,
    /** CPU time so far, microseconds. */
    cpu: () => answer('cpu'),
    flush: () => answer('flush'),
    points: () => answer('points'),
    /** Of a service: what its handler hashes from now on. */
    work: (bytes) => answer('work', { bytes }),
    /** Of the service that clients ask: whether it stays awake between requests. */
    awake: (is) => answer('awake', { is }),
    /** Of a client: sends so many requests. */
    block: (toPort, requests) => answer('block', { port: toPort, requests }),
    stop: async () => {
      child.kill();
      await child.exited;
    },
  };
}

function startedBy(variant) {
  if (variant === 'bare') return {};
  const imported = { context: CONTEXT, instrumentations: THEIRS, ...OURS }[variant];
  return { nodeOptions: ['--import', imported] };
}

function environment({ instrumentations }, variant, { sink, ratio }) {
  if (RECORDING_NOTHING.includes(variant)) return {};
  if (variant === 'instrumentations') {
    return {
      BENCHMARK_INSTRUMENTATIONS: instrumentations,
      BENCHMARK_SINK: sink.url,
      BENCHMARK_RATIO: String(ratio),
    };
  }
  return {
    OTEL_SERVICE_NAME: 'service',
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(ratio),
    BENCHMARK_MIDDLEWARE: variant === 'middleware' ? '1' : '0',
    // those of frameworks are installed in this tree, and would not be beside such a service
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici',
  };
}
