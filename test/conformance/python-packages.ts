import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

const MEGABYTES = 2 ** 20;
const LONGEST_NAME = 100;

/**
 * The folder of Python packages, each `name==version`, fetched once into the cache outside of the tree; undefined where
 * there is no Python 3 with venv, or no package index.
 */
export function preparePython(requirements: readonly string[]): string | undefined {
  const folder = join(cacheFolder(process.env), `python-${folderName(requirements)}`);
  const packages = join(folder, 'packages');
  if (!existsSync(packages)) {
    mkdirSync(cacheFolder(process.env), { recursive: true });
    const fresh = mkdtempSync(`${folder}-`);
    const steps = [
      ['python3', '-m', 'venv', join(fresh, 'venv')],
      [
        join(fresh, 'venv', 'bin', 'python'),
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
        ...['--target', join(fresh, 'packages'), ...requirements],
      ],
    ];
    const isMade = steps.every(([command, ...args]) => spawnSync(command!, args, { timeout: 90_000 }).status === 0);
    // two test runs at the same time: the second finds what the first has made
    if (isMade && !existsSync(folder)) renameSync(fresh, folder);
    else rmSync(fresh, { recursive: true, force: true });
  }
  return existsSync(packages) ? packages : undefined;
}

/** By name where that is short enough for a file system. */
function folderName(requirements: readonly string[]): string {
  const name = requirements.join('-').replaceAll('==', '-');
  if (name.length <= LONGEST_NAME) return name;
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

/** What the script prints, as JSON, when it gets `input` on stdin; throws with its words when it fails. */
export function runPython(packages: string, script: string, args: readonly string[], input: string): unknown {
  const { status, stdout, stderr } = spawnSync('python3', [script, ...args], {
    env: { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
    input,
    encoding: 'utf8',
    maxBuffer: 64 * MEGABYTES,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
