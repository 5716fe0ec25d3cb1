import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../real-parts/free-ports.js';
import { dataFolder, end, findProgram, type RunningServer, start, startServer } from './server-process.js';

const epmd = findProgram('epmd');
const command = serverScript();
export const hasRabbitmq = epmd !== undefined && command !== undefined;

/** A RabbitMQ of its own with a port mapper of its own, so that none of the system's is started or stays. */
export async function startRabbitmq(): Promise<RunningServer> {
  const folder = dataFolder();
  const [port, distribution, mapper] = await freePorts(3);
  const env = {
    ERL_EPMD_PORT: String(mapper),
    RABBITMQ_NODENAME: `otel-monitor-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_LOGS: '-',
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'config'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'generated'),
    RABBITMQ_FEATURE_FLAGS_FILE: join(folder, 'features'),
  };
  const args = ['-port', String(mapper), '-address', '127.0.0.1'];
  const { child } = start({ command: epmd as string, args, env }, folder);
  try {
    const url = `amqp://guest:guest@127.0.0.1:${port}`;
    const server = await startServer({ command: command as string, args: [], env }, folder, url, /startup complete/);
    return { url, stop: () => server.stop().finally(() => end(child)) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** Debian's command changes the user; the script behind it does not. */
function serverScript(): string | undefined {
  const library = '/usr/lib/rabbitmq/lib';
  try {
    const version = readdirSync(library).find((name) => name.startsWith('rabbitmq_server'));
    return version === undefined ? undefined : join(library, version, 'sbin', 'rabbitmq-server');
  } catch {
    return undefined;
  }
}
