import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ownState } from '../own-state.js';

type Message = Readonly<Record<string, unknown>>;

export interface Child {
  /** Asks, and waits for the answer, which has the same type. */
  ask(type: string): Promise<Message>;
  /** The next message of a type; rejects when the child ends before. */
  message(type: string): Promise<Message>;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** What it has said on stderr. */
  stderr(): string;
  kill(): void;
}

/** Starts one of the programs beside this file with none of this process's OTEL_* variables. */
export function startChild(
  program: string,
  { args = [], env = {}, nodeOptions = [] }: { args?: string[]; env?: Record<string, string>; nodeOptions?: string[] },
): Child {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name),
  );
  const child: ChildProcess = fork(fileURLToPath(new URL(`programs/${program}`, import.meta.url)), args, {
    env: { ...Object.fromEntries(inherited), ...ownState(), ...env },
    execArgv: nodeOptions,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const message = (type: string) =>
    new Promise<Message>((resolve, reject) => {
      const listener = (said: Message) => {
        if (said.type !== type) return;
        child.off('message', listener);
        resolve(said);
      };
      child.on('message', listener);
      void ended.then((code) => reject(new Error(`${program} ended (${code}) before it said ${type}\n${stderr}`)));
    });
  return {
    message,
    ask: (type) => {
      const answer = message(type);
      child.send(type);
      return answer;
    },
    ended,
    stderr: () => stderr,
    kill: () => child.kill('SIGKILL'),
  };
}
