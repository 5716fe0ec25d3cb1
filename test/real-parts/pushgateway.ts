import { onPath } from '../../scripts/executable-file.mjs';
import { freePort } from './free-ports.js';
import { answers, startProgram } from './running-program.js';

/** The program of Debian's package prometheus-pushgateway, where it is on the PATH. */
export const pushgatewayProgram = onPath('prometheus-pushgateway', process.env) ?? onPath('pushgateway', process.env);

export interface PushgatewayProcess {
  /** The base of its page and of what is pushed (/metrics/job/NAME). */
  readonly url: string;
  /** HOST:PORT, for a scrape configuration. */
  readonly address: string;
  /** Its page, /metrics. */
  page(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a Pushgateway that keeps nothing, on a free port of loopback. */
export async function startPushgateway(): Promise<PushgatewayProcess> {
  if (pushgatewayProgram === undefined) throw new Error('there is no prometheus-pushgateway on the PATH');
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const program = await startProgram({
    command: pushgatewayProgram,
    args: [`--web.listen-address=${address}`],
    isReady: answers(`${url}/-/ready`),
  });
  return {
    url,
    address,
    page: async () => (await fetch(`${url}/metrics`)).text(),
    stop: () => program.stop('SIGKILL'),
  };
}
