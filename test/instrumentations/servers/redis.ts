import { freePort } from '../../real-parts/free-ports.js';
import { dataFolder, findProgram, type RunningServer, startServer } from './server-process.js';

const command = findProgram('redis-server');
export const hasRedis = command !== undefined;

/** A Redis of its own, in memory. */
export async function startRedis(): Promise<RunningServer> {
  const folder = dataFolder();
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  return startServer({ command: command as string, args }, folder, `redis://127.0.0.1:${port}`, /Ready to accept/);
}
