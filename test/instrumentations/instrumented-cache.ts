import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

/** What is installed, folder by folder: frameworks, clients, their instrumentations, and the other lines of Node. */
const LIBRARIES: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('./libraries.json', import.meta.url), 'utf8'),
);

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/** Applications with the libraries of the guide and @otel-monitor/node, as users have them; or why there are none. */
export type Instrumented = { readonly folder: string; readonly missing?: undefined } | { readonly missing: string };

/** The newest of each line, the oldest of 22 that we take, and one of 24 whose hooks do not run in the program's thread. */
export type NodeLine = 20 | 22 | 24 | '22.12' | '24.5';

/**
 * Installs the libraries once, in a cache outside of the tree, and puts the built package and the test's programs beside
 * them: they must find what is installed there, and nothing of this repository.
 */
export function prepareInstrumented(): Instrumented {
  const key = createHash('sha256').update(JSON.stringify(LIBRARIES)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `instrumented-${key}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) {
    const failed = installAll(folder);
    if (failed !== undefined) return { missing: failed };
  }
  for (const name of Object.keys(LIBRARIES).filter((each) => each !== 'nodes')) {
    copyFresh(programs, join(folder, name, 'programs'));
    if (name === 'next-line') continue;
    for (const own of ['node', ...withOwnDependencies('http')]) {
      const target = join(folder, name, 'node_modules', '@otel-monitor', own);
      for (const part of ['package.json', 'dist']) copyFresh(join(packages, own, part), join(target, part));
    }
  }
  return { folder };
}

/** A package of ours and those below it; the bundle of node has all of its own inside. */
function withOwnDependencies(name: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
  const below = Object.keys(dependencies).flatMap((dependency) =>
    dependency.startsWith('@otel-monitor/') ? withOwnDependencies(dependency.slice('@otel-monitor/'.length)) : [],
  );
  return [...new Set([name, ...below])];
}

/** The executable of a line of Node: this one, where it is of that line. */
export function nodeOf(line: NodeLine, folder: string): string {
  if (typeof line === 'number' && process.versions.node.startsWith(`${line}.`)) return process.execPath;
  return join(folder, 'nodes', 'node_modules', `node${line}`, 'bin', 'node');
}

function installAll(folder: string): string | undefined {
  mkdirSync(join(folder, '..'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  for (const [name, dependencies] of Object.entries(LIBRARIES)) {
    const inner = join(fresh, name);
    mkdirSync(inner);
    writeFileSync(join(inner, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    const { status, stderr, error } = spawnSync('npm', ['install', ...options], {
      cwd: inner,
      encoding: 'utf8',
      timeout: 110_000,
    });
    if (status === 0) continue;
    rmSync(fresh, { recursive: true, force: true });
    return `npm install failed: ${(error?.message ?? stderr).trim().split('\n')[0]}`;
  }
  // two test runs at the same time: the second finds what the first has made
  if (existsSync(folder)) rmSync(fresh, { recursive: true, force: true });
  else renameSync(fresh, folder);
  return undefined;
}

function copyFresh(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
