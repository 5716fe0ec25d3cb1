import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanager } from '../../scripts/go-programs.mjs';
import { freePort } from './free-ports.js';
import { programVersions } from './program-versions.js';
import { answers, startProgram } from './running-program.js';

/**
 * The Alertmanager of docker-compose.yml (`node scripts/alertmanager.mjs --print` builds it), and that on the PATH, as Debian
 * calls it (0.25) or as others do.
 */
export const alertmanagerVersions = programVersions(
  alertmanager,
  ['prometheus-alertmanager', 'alertmanager'],
  'amtool',
);

/** Where nothing is said of versions: that of docker-compose.yml, else that on the PATH. */
export const { program: alertmanagerProgram } = alertmanagerVersions.preferred;

export interface AlertmanagerProcess {
  /** The base of its page and API (/api/v2/alerts). */
  readonly url: string;
  logs(): string;
  stop(): Promise<void>;
}

/** Starts Alertmanager with the text of a configuration, on a free port of loopback and in a folder of its own. */
export async function startAlertmanager(
  config: string,
  { files = {}, port }: { files?: Readonly<Record<string, string>>; port?: number } = {},
): Promise<AlertmanagerProcess> {
  if (alertmanagerProgram === undefined)
    throw new Error('there is no Alertmanager: node scripts/alertmanager.mjs --print builds one');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-alertmanager-'));
  const file = join(folder, 'alertmanager.yaml');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(file, config);
  const url = `http://127.0.0.1:${port ?? (await freePort())}`;
  const program = await startProgram({
    command: alertmanagerProgram,
    args: [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
      '--cluster.listen-address=', // alone: no port for peers
    ],
    cwd: folder,
    isReady: answers(`${url}/-/ready`),
  });
  return {
    url,
    logs: program.output,
    stop: async () => {
      await program.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
