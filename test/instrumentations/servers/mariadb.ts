import { join } from 'node:path';
import { freePort } from '../../real-parts/free-ports.js';
import { dataFolder, findProgram, type RunningServer, runToEnd, startServer } from './server-process.js';

const install = findProgram('mariadb-install-db');
const command = findProgram('mariadbd');
export const hasMariadb = install !== undefined && command !== undefined;

/** A MariaDB of its own that asks nobody who he is. */
export async function startMariadb(): Promise<RunningServer> {
  const folder = dataFolder();
  const port = await freePort();
  const common = ['--no-defaults', `--datadir=${join(folder, 'data')}`];
  const made = [...common, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await runToEnd({ command: install as string, args: made }, folder);
  const args = [
    ...common,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--skip-grant-tables',
  ];
  return startServer(
    { command: command as string, args },
    folder,
    `mysql://root@127.0.0.1:${port}/mysql`,
    /ready for conn/,
  );
}
