import { spawn } from 'node:child_process';
import { ownState } from '../own-state.js';

/** A program that printed `ready PORT`, and serves there until it is ended. */
export interface RunningService {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly output: () => string;
  /** SIGTERM, SIGKILL after 10 s; resolves with what it printed when it has ended. */
  end(): Promise<string>;
}

const START_MILLIS = 60_000;
const END_MILLIS = 30_000;

/** Starts a program with none of this process's OTEL_* variables, and waits until it is ready. */
export function startService(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name),
  );
  const child = spawn(command, args, {
    env: { ...Object.fromEntries(inherited), ...ownState(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  const closed = new Promise<string>((resolve) => child.once('close', () => resolve(output)));
  const service = (port: string): RunningService => ({
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    end: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, END_MILLIS);
      const said = await closed;
      clearTimeout(timer);
      process.off('exit', kill);
      return said;
    },
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(kill, START_MILLIS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const port = /^ready (\d+)$/m.exec(output)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(service(port));
      });
    }
    child.once('error', reject);
    closed.then(() => reject(new Error(`${command} ${args.join(' ')} ended before it was ready\n${output}`)));
  });
}
