import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

const script = fileURLToPath(new URL('parse-page.py', import.meta.url));
const PROMETHEUS_CLIENT = '0.26.0';
const MEGABYTES = 2 ** 20;

/** A sample as prometheus-client's parsers give it; numbers are as Python writes them. */
export interface PythonSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  readonly exemplar: { labels: Readonly<Record<string, string>>; value: string; seconds: string } | null;
}

export interface PythonFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly PythonSample[];
}

/**
 * The folder of prometheus-client, installed once in the cache outside of the tree by a Python of its own environment;
 * undefined where there is no Python 3 with venv, or no package index.
 */
export function preparePython(): string | undefined {
  const folder = join(cacheFolder(process.env), `prometheus-client-${PROMETHEUS_CLIENT}`);
  const packages = join(folder, 'packages');
  if (!existsSync(packages)) {
    mkdirSync(cacheFolder(process.env), { recursive: true });
    const fresh = mkdtempSync(`${folder}-`);
    const steps = [
      ['python3', '-m', 'venv', join(fresh, 'venv')],
      [
        join(fresh, 'venv', 'bin', 'python'),
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
        ...['--target', join(fresh, 'packages'), `prometheus-client==${PROMETHEUS_CLIENT}`],
      ],
    ];
    const isMade = steps.every(([command, ...args]) => spawnSync(command!, args, { timeout: 90_000 }).status === 0);
    // two test runs at the same time: the second finds what the first has made
    if (isMade && !existsSync(folder)) renameSync(fresh, folder);
    else rmSync(fresh, { recursive: true, force: true });
  }
  return existsSync(packages) ? packages : undefined;
}

/** What prometheus-client's parser of the format makes of a page; throws with its words when it refuses it. */
export function parseByPython(packages: string, page: string, format: 'text' | 'openmetrics'): PythonFamily[] {
  const { status, stdout, stderr } = spawnSync('python3', [script, format], {
    env: { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
    input: page,
    encoding: 'utf8',
    maxBuffer: 64 * MEGABYTES,
  });
  if (status !== 0) throw new Error(`prometheus-client refuses the page:\n${stderr}`);
  return JSON.parse(stdout) as PythonFamily[];
}
