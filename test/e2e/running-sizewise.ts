import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ownState } from '../own-state.js';

const main = fileURLToPath(new URL('../../examples/sizewise/dist/main.js', import.meta.url));
/** The first run of a machine installs the packages of the service in Python. */
const RUN_MILLIS = 110_000;

/** The SizeWise example as it runs. */
export interface RunningSizewise {
  /** All that it has printed so far. */
  output(): string;
  /** Waits until it has printed this. */
  said(text: string): Promise<void>;
  /** Addresses that it has printed: of its services, their monitoring servers and the Collector. */
  addresses(): string[];
  /** Processes of this run that there are now, each as `ps` tells it: the example, its services, the Collector. */
  processes(): string[];
  signal(name: NodeJS.Signals): void;
  /** Its exit code when it has ended; 128 and more after a signal that it did not handle. */
  readonly ended: Promise<number>;
}

/** Starts the built example with none of this process's OTEL_* variables. */
export function startSizewise(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningSizewise {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name),
  );
  // what it starts has the name of the run, too. An address would tell less: as soon as it is free another test may have it
  const run = randomUUID();
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...Object.fromEntries(inherited), ...ownState(), ...env, SIZEWISE_RUN: run },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // SIGTERM first: it ends its services then
  const late = setTimeout(() => child.kill('SIGTERM'), RUN_MILLIS);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      clearTimeout(late);
      process.off('exit', kill);
      resolve(code ?? 128);
    });
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  return {
    output: () => output,
    said: async (text) => {
      while (!output.includes(text)) {
        if (isOver) throw new Error(`the example ended without saying '${text}':\n${output}`);
        await delay(50);
      }
    },
    addresses: () => [...new Set(output.match(/http:\/\/127\.0\.0\.1:\d+/g))],
    processes: () => {
      const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
      return stdout.split('\n').filter((line) => line.includes(`SIZEWISE_RUN=${run}`));
    },
    signal: (name) => child.kill(name),
    ended,
  };
}
