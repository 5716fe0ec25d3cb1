import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A server that runs for a test. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Longest time until a server is ready, and until it has ended. */
const READY_MILLIS = 60_000;
const END_MILLIS = 20_000;

/** Servers do not run as root: where the test does, they run as nobody. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Where Debian keeps programs that are not on everybody's path. */
const MORE_FOLDERS = ['/usr/sbin', ...versionsBelow('/usr/lib/postgresql').map((folder) => join(folder, 'bin'))];

/** The path of an executable, or undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** A folder for the server's data, which it may write to; `stop` of the server takes it away. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-server-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Runs a program to its end; throws with its words when it fails. */
export async function runToEnd(program: Program, folder: string): Promise<void> {
  const { child, words } = start(program, folder);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program.command} ended with ${code}\n${words()}`);
}

/** Starts a server and waits for its word that it is ready. */
export async function startServer(
  program: Program,
  folder: string,
  url: string,
  ready: RegExp,
): Promise<RunningServer> {
  const { child, words } = start(program, folder);
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${program.command} is not ready\n${words()}`)), READY_MILLIS);
      const look = () => {
        if (!ready.test(words())) return;
        clearTimeout(late);
        resolve();
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.once('close', (code) => {
        clearTimeout(late);
        reject(new Error(`${program.command} ended with ${code}\n${words()}`));
      });
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Ends a process that a test has started, and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), END_MILLIS);
  await closed;
  clearTimeout(late);
}

export function start(program: Program, folder: string): { child: ChildProcess; words: () => string } {
  const child = spawn(program.command, program.args, {
    ...user,
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C', ...program.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: unknown) => {
    text = (text + chunk).slice(-20_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', (error) => hear(error.message));
  return { child, words: () => text };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folders in a folder, the latest version first; none where it is not there. */
function versionsBelow(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort((a, b) => Number(b) - Number(a))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
