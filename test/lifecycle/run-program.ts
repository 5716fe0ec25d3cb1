import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ownState } from '../own-state.js';

export interface ProgramOptions {
  /** Options of node before the program: `--import`, `--require`. */
  readonly nodeOptions?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Sent as soon as the program prints `ready`. */
  readonly signal?: NodeJS.Signals;
  /** Called with each piece of stdout. */
  readonly onOutput?: (text: string) => void;
  /** The node to run; default this one. */
  readonly node?: string;
  readonly cwd?: string;
  /** The program is killed after this time, and the run fails; default a minute. */
  readonly timeoutMillis?: number;
}

export interface ProgramRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly millis: number;
}

/** The path of one of the programs beside this file. */
export function program(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}`, import.meta.url));
}

/** Runs a program with the built packages to its end, with none of this process's OTEL_* variables and nothing kept before. */
export function runProgram(path: string, options: ProgramOptions = {}): Promise<ProgramRun> {
  const { nodeOptions = [], args = [], env = {}, signal, node = process.execPath, timeoutMillis = 60_000 } = options;
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name)),
  );
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(node, [...nodeOptions, path, ...args], {
      env: { ...inherited, ...ownState(), ...env },
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let sent = false;
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      options.onOutput?.(String(chunk));
      if (signal !== undefined && !sent && stdout.includes('ready')) {
        sent = true;
        child.kill(signal);
      }
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${path} did not end in ${timeoutMillis} ms\n${stdout}\n${stderr}`));
    }, timeoutMillis);
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      clearTimeout(timer);
      resolve({ code, signal: killedBy, stdout, stderr, millis: performance.now() - started });
    });
  });
}
