import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../scripts/collector-cache.mjs';

export type PeerName = 'sdk-2' | 'sdk-3' | 'sentry-10' | 'sentry-11' | 'dd-trace-5';

type Dependencies = Record<string, string>;

const PEERS: Record<PeerName, Dependencies> = JSON.parse(
  readFileSync(new URL('./peers.json', import.meta.url), 'utf8'),
);

const packagesFolder = fileURLToPath(new URL('../../packages/', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/** An application with another SDK and our packages in it, or why there is none. */
export type PeerInstallation =
  | { readonly folder: string; readonly missing?: undefined }
  | { readonly missing: string; readonly folder?: undefined };

/**
 * Installs another SDK once, in a cache outside of the tree, and lays the built packages and the programs of these tests
 * beside it, as a user's application has them: one copy of the API for all.
 */
export function preparePeer(name: PeerName): PeerInstallation {
  // the SDK of the 2.x line, which the package `node` needs, does not work with the API that the 3.x line needs
  const left = name === 'sdk-3' ? ['node', 'spans', 'testing', 'cli'] : ['testing', 'cli'];
  const ours = readdirSync(packagesFolder).filter((each) => !left.includes(each));
  const dependencies = { ...thirdPartyDependencies(ours), ...PEERS[name] };
  const key = createHash('sha256').update(JSON.stringify(dependencies)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `beside-${name}-${key}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) {
    const failed = install(folder, dependencies);
    if (failed !== undefined) return { missing: failed };
  }
  const scope = join(folder, 'node_modules', '@otel-monitor');
  for (const each of ours) {
    for (const part of ['package.json', 'dist']) copyFresh(join(packagesFolder, each, part), join(scope, each, part));
  }
  copyFresh(programs, join(folder, 'programs'));
  return { folder };
}

function thirdPartyDependencies(packages: readonly string[]): Dependencies {
  const found = packages.flatMap((name) => {
    const manifest = join(packagesFolder, name, 'package.json');
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: Dependencies };
    return Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith('@otel-monitor/'));
  });
  return Object.fromEntries(found);
}

function install(folder: string, dependencies: Dependencies): string | undefined {
  mkdirSync(join(folder, '..'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', ['install', ...options], {
    cwd: fresh,
    encoding: 'utf8',
    timeout: 110_000,
  });
  if (status === 0 && !existsSync(folder)) {
    renameSync(fresh, folder);
    return undefined;
  }
  rmSync(fresh, { recursive: true, force: true });
  return status === 0 ? undefined : `npm install failed: ${(error?.message ?? stderr).trim().split('\n')[0]}`;
}

function copyFresh(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
