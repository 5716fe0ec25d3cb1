import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dependencies, type Installation, installOnce } from '../installed/install-once.js';
import { layBeside, layPackages } from '../installed/lay-beside.js';

/** What is installed, folder by folder: frameworks, clients, their instrumentations, and the other lines of Node. */
const LIBRARIES: Readonly<Record<string, Dependencies>> = JSON.parse(
  readFileSync(new URL('./libraries.json', import.meta.url), 'utf8'),
);

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/** The newest of each line, the oldest of 22 that we take, and one of 24 whose hooks do not run in the program's thread. */
export type NodeLine = 20 | 22 | 24 | '22.12' | '24.5';

/**
 * Applications with the libraries of the guide and @otel-monitor/node, as users have them: installed once, with the built
 * packages and the test's programs beside them.
 */
export function prepareInstrumented(): Installation {
  const installed = installOnce('instrumented', LIBRARIES);
  if (installed.missing !== undefined) return installed;
  for (const name of Object.keys(LIBRARIES).filter((each) => each !== 'nodes')) {
    const application = join(installed.folder, name);
    layBeside(programs, join(application, 'programs'));
    if (name !== 'next-line') layPackages(['node', ...withOwnDependencies('http')], application);
  }
  return installed;
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
