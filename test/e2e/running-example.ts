import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ownState } from '../own-state.js';

const main = fileURLToPath(new URL('../../examples/spritepal/dist/main.js', import.meta.url));

export interface RunningExample {
  /** Of the monitoring server, without a slash at its end. */
  readonly url: string;
  readonly output: () => string;
  /** Sends the signal, if it still runs, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; millis: number }>;
}

/** Starts the built example on a free port, with its pictures in a folder of its own, and waits until it says where it serves. */
export async function startExample(args: string[], env: Record<string, string>): Promise<RunningExample> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-spritepal-'));
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name)),
  );
  const child = spawn(process.execPath, [main, '--port', '0', '--out', folder, ...args], {
    env: { ...inherited, ...ownState(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('close', (code, by) => resolve([code, by]));
  });
  const url = await until(
    () => /metrics +(http:\S+)\/metrics/.exec(output)?.[1],
    child,
    () => output,
  );
  return {
    url,
    output: () => output,
    end: async (signal) => {
      const started = performance.now();
      child.kill(signal);
      const late = delay(60_000, undefined, { ref: false }).then(() => kill());
      const [code, by] = await Promise.race([ended, late.then(() => ended)]);
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
      return { code, signal: by, millis: performance.now() - started };
    },
  };
}

async function until<T>(read: () => T | undefined, child: ChildProcess, output: () => string): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
    const found = read();
    if (found !== undefined) return found;
    if (child.exitCode !== null) break;
  }
  child.kill('SIGKILL');
  throw new Error(`the example did not say where it serves:\n${output()}`);
}
