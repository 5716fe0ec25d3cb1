import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that runs below the launcher. */
export interface ChildCommand {
  /** What its output is marked with. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Time from SIGTERM until a child is killed. */
const END_MILLIS = 6_000;

/**
 * A child in a process group of its own, so that Ctrl-C reaches the launcher alone, which then ends its children in
 * order. Its standard input stays open as long as the launcher lives.
 */
export class Child {
  /** Resolves when the process has ended and all of its output is read. */
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  #isOver = false;

  /** @param line gets every line that it says, on either stream */
  constructor(command: ChildCommand, line: (text: string) => void) {
    const child = spawn(command.command, command.args, {
      env: command.env,
      cwd: command.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.#process = child;
    // it may end while the launcher still holds its input
    child.stdin.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', line);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        line(error.message);
        this.#isOver = true;
        resolve();
      });
      child.once('close', () => {
        this.#isOver = true;
        resolve();
      });
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Asks it to end, kills it when it does not within six seconds, and resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#isOver) return this.ended;
    const late = setTimeout(() => this.kill(), END_MILLIS);
    this.#process.kill('SIGTERM');
    await this.ended;
    clearTimeout(late);
  }

  /** Ends it at once. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
