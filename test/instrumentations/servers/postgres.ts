import { join } from 'node:path';
import { freePort } from '../../real-parts/free-ports.js';
import { dataFolder, findProgram, type RunningServer, runToEnd, startServer } from './server-process.js';

const initdb = findProgram('initdb');
const command = findProgram('postgres');
export const hasPostgres = initdb !== undefined && command !== undefined;

/** A PostgreSQL cluster of its own that trusts everybody on loopback. */
export async function startPostgres(): Promise<RunningServer> {
  const folder = dataFolder();
  const data = join(folder, 'data');
  const port = await freePort();
  const made = [
    '-D',
    data,
    '--auth',
    'trust',
    '--username',
    'test',
    '--no-sync',
    '--locale',
    'C',
    '--encoding',
    'UTF8',
  ];
  await runToEnd({ command: initdb as string, args: made }, folder);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, to]) => ['-c', `${key}=${to}`]),
  ];
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  return startServer({ command: command as string, args }, folder, url, /ready to accept connections/);
}
