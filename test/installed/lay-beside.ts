import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packagesFolder = fileURLToPath(new URL('../../packages/', import.meta.url));

/** Lays built packages of this repository into the node_modules of an installation, as npm would have put them there. */
export function layPackages(names: readonly string[], folder: string): void {
  for (const name of names) {
    for (const part of ['package.json', 'dist']) {
      layBeside(join(packagesFolder, name, part), join(folder, 'node_modules', '@otel-monitor', name, part));
    }
  }
}

/**
 * Makes `to` a copy of a file or folder. What is equal already is left alone: tests that run at the same time have
 * programs running from there. One process at a time: others wait. Nothing is done where there is no `from`.
 */
export function layBeside(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  const lock = `${to}.lock`;
  takeLock(lock);
  try {
    if (isEqual(from, to)) return;
    const fresh = join(dirname(to), `.fresh-${randomUUID()}`);
    cpSync(from, fresh, { recursive: true });
    rmSync(to, { recursive: true, force: true });
    renameSync(fresh, to);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Of a process that was killed with it a lock stays: nobody copies for as long as this. */
const STALE_MILLIS = 60_000;

function takeLock(lock: string): void {
  for (const since = Date.now(); ; ) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() - since > STALE_MILLIS) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function isEqual(from: string, to: string): boolean {
  if (!existsSync(to)) return false;
  if (!statSync(from).isDirectory()) return !statSync(to).isDirectory() && readFileSync(from).equals(readFileSync(to));
  const names = readdirSync(from).sort();
  const there = readdirSync(to).sort();
  return (
    names.length === there.length &&
    names.every((name, index) => name === there[index] && isEqual(join(from, name), join(to, name)))
  );
}
