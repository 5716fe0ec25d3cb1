import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../../scripts/executable-file.mjs';
import { freePort } from './free-ports.js';
import { answers, startProgram } from './running-program.js';

/** Programs of Debian's package prometheus-alertmanager, where they are on the PATH. */
export const alertmanagerProgram =
  onPath('prometheus-alertmanager', process.env) ?? onPath('alertmanager', process.env);
export const amtoolProgram = onPath('amtool', process.env);

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
  if (alertmanagerProgram === undefined) throw new Error('there is no prometheus-alertmanager on the PATH');
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
