import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from './collector-environment.mjs';

/**
 * True when there is a Docker engine that answers; the client alone is not enough.
 * @param {NodeJS.ProcessEnv} env
 */
export function dockerWorks(env) {
  return spawnSync('docker', ['info'], { env, stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/** The ports of base.yaml and prometheus.yaml, with their environment names. */
const ports = {
  COLLECTOR_OTLP_GRPC_PORT: '4317',
  COLLECTOR_OTLP_HTTP_PORT: '4318',
  COLLECTOR_PROMETHEUS_PORT: '8889',
  COLLECTOR_HEALTH_PORT: '13133',
  COLLECTOR_TELEMETRY_PORT: '8888',
};

/**
 * The names of the environment that go into the container: those that the files of `--config` read, and an AWS SDK's.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function passedNames(args, env) {
  const files = args.filter((_, index) => args[index - 1] === '--config');
  const aws = files.some((file) => file.endsWith('cloudwatch.yaml'))
    ? Object.keys(env).filter((name) => name.startsWith('AWS_'))
    : [];
  const isSetHere = (/** @type {string} */ name) =>
    name in ports || name === 'COLLECTOR_HOST' || name === 'COLLECTOR_FOLDER';
  return [...new Set([...environmentNames(files), ...aws])].filter((name) => env[name] && !isSetHere(name));
}

/**
 * The arguments of `docker` that run the Collector as if it were started in the root of the repository: the tree is
 * readable, out/ is writable, the ports are published on loopback only.
 * @param {{ version: string, root: string, env: NodeJS.ProcessEnv, args: string[] }} options
 */
export function dockerArguments({ version, root, env, args }) {
  const out = join(root, 'out');
  mkdirSync(out, { recursive: true });
  const published = Object.entries(ports).flatMap(([name, standard]) => {
    const port = env[name] || standard;
    return ['-p', `127.0.0.1:${port}:${port}`, '-e', `${name}=${port}`];
  });
  // As the user who started it: the files in out/ are theirs.
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
  return [
    'run',
    '--rm',
    ...user,
    ...published,
    '-e',
    // Inside the container loopback is the container's own; what is reachable is decided by -p above.
    'COLLECTOR_HOST=0.0.0.0',
    // by name alone: docker takes the values from its own environment, and no secret is in the list of processes
    ...passedNames(args, env).flatMap((name) => ['-e', name]),
    '-v',
    `${root}:/repository:ro`,
    '-v',
    `${out}:/repository/out`,
    '-w',
    '/repository',
    `otel/opentelemetry-collector-contrib:${version}`,
    ...args,
  ];
}
