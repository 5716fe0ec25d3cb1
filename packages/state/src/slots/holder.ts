import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

/** Who holds a slot, as a lock says it. */
export interface Holder {
  readonly pid: number;
  /** Of the process, in clock ticks since the system started (proc(5), /proc/pid/stat, 22); empty off Linux. */
  readonly started: string;
  /** The system, since it was started, and the part of it in which process ids are unique. */
  readonly where: string;
  /** 0: the main thread. */
  readonly thread: number;
}

/** This thread, as its locks say it. */
export async function ownHolder(): Promise<Holder> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return {
    pid: process.pid,
    started: (await processStart(process.pid)) ?? '',
    where: `${hostname()} ${boot.trim()} ${space}`,
    thread: threadId,
  };
}

/**
 * Whether the holder is there for sure (true), is gone for sure (false), or cannot be asked from here: a process of another
 * container or machine, or a thread.
 */
export async function isThere(holder: Holder, own: Holder): Promise<boolean | undefined> {
  if (holder.where !== own.where) return undefined;
  if (!isAlive(holder.pid)) return false;
  if (holder.started !== '' && (await processStart(holder.pid)) !== holder.started) return false;
  return holder.thread === 0 ? true : undefined;
}

/** What a lock says; undefined: that it is free, or nothing that makes sense. */
export function asHolder(text: string): Holder | undefined {
  try {
    const { pid, started, where, thread } = JSON.parse(text) as Holder;
    const isHolder = Number.isSafeInteger(pid) && pid > 0 && Number.isSafeInteger(thread);
    return isHolder ? { pid, started: String(started), where: String(where), thread } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // a process of somebody else is one as well
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, so that its number taken by another one is told; undefined where that cannot be read. */
async function processStart(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // the name in brackets may hold spaces and brackets
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
