import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that a test has started: a Collector, a Prometheus. It ends with the test's process at the latest. */
export interface RunningProgram {
  readonly pid: number;
  /** What it has said on stdout and stderr, the last 1,000,000 characters. */
  output(): string;
  hasEnded(): boolean;
  /** Its exit code, or the signal that ended it; undefined while it runs. */
  exit(): number | NodeJS.Signals | undefined;
  /** Sends the signal; waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal (SIGTERM) and waits for its end; after `timeoutMillis` (30 s) it is killed. */
  stop(signal?: NodeJS.Signals, timeoutMillis?: number): Promise<void>;
}

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment. That of the test by default. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** True when it can be used; it is asked again and again, with what the program has said. */
  readonly isReady: (output: string) => boolean | Promise<boolean>;
  /** A minute. */
  readonly startMillis?: number;
}

/** The program ended before it was ready, or was not ready in time; the message has what it said. */
export class ProgramDidNotStart extends Error {}

const OUTPUT_KEPT = 1_000_000;
const STOP_MILLIS = 30_000;

/**
 * Starts a program and resolves when it is ready.
 * @throws ProgramDidNotStart
 */
export async function startProgram(options: ProgramOptions): Promise<RunningProgram> {
  const { command, args, env = process.env, cwd, isReady, startMillis = 60_000 } = options;
  const child = spawn(command, args, { env, ...(cwd !== undefined && { cwd }), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_KEPT);
    });
  }
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  const program: RunningProgram = {
    pid: child.pid as number,
    output: () => output,
    hasEnded: () => hasEnded(child),
    exit: () => child.exitCode ?? child.signalCode ?? undefined,
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM', timeoutMillis = STOP_MILLIS) => {
      child.kill(signal);
      if (!(await ended(child, timeoutMillis))) {
        kill();
        await ended(child, STOP_MILLIS);
      }
    },
  };
  for (const deadline = Date.now() + startMillis; ; await delay(20)) {
    if (failure !== undefined) throw failure;
    if (!hasEnded(child) && (await isReady(output))) return program;
    if (hasEnded(child)) {
      await delay(50); // what it said last
      throw new ProgramDidNotStart(`${command} ended with ${program.exit()}:\n${output}`);
    }
    if (Date.now() > deadline) {
      await program.stop('SIGKILL');
      throw new ProgramDidNotStart(`${command} was not ready after ${startMillis} ms:\n${output}`);
    }
  }
}

/** For `isReady`: GET answers with a status from 200 to 299. */
export const answers = (url: string) => (): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Waits for the child's end; false when it takes longer. */
async function ended(child: ChildProcess, timeoutMillis: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMillis; !hasEnded(child) && Date.now() < deadline; ) await delay(20);
  return hasEnded(child);
}
