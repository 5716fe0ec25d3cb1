import type { Stats } from 'node:fs';

/** A place that is there and may not be used, in words for whoever set it up. */
export class UnusablePlace extends Error {
  override readonly name = 'UnusablePlace';
}

const OTHERS_MAY_WRITE = 0o022;

/** What is wrong with a folder that must be ours alone; undefined: nothing. */
export function folderProblem(path: string, stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return `${path} is a symbolic link`;
  if (!stats.isDirectory()) return `${path} is no folder`;
  return ownerProblem(path, stats);
}

/** What is wrong with a file that must be ours alone; undefined: nothing. */
export function fileProblem(path: string, stats: Stats, mostBytes: number): string | undefined {
  if (stats.isSymbolicLink()) return `${path} is a symbolic link`;
  if (!stats.isFile()) return `${path} is no file`;
  if (stats.size > mostBytes) return `${path} has ${stats.size} bytes, more than is ever written`;
  return ownerProblem(path, stats);
}

function ownerProblem(path: string, stats: Stats): string | undefined {
  const uid = process.geteuid?.();
  // a system without users in this sense has its own protection
  if (uid === undefined) return undefined;
  if (stats.uid !== uid) return `${path} belongs to somebody else`;
  if ((stats.mode & OTHERS_MAY_WRITE) !== 0) return `${path} can be written by others`;
  return undefined;
}
