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

const packagesFolder = fileURLToPath(new URL('../../packages/', import.meta.url));

/** The 3.x line as it is installed: it needs a newer Node than this project asks for, so a Node comes along. */
const SDK3 = {
  node: '24.21.0',
  '@opentelemetry/api': '1.10.0',
  '@opentelemetry/sdk-node': '0.301.0',
  '@opentelemetry/sdk-trace': '3.1.0',
  '@opentelemetry/sdk-metrics': '3.1.0',
};

/** An installation of Node 24 with SDK 3.1 and api 1.10, or why there is none. */
export type Sdk3 =
  | { readonly node: string; readonly folder: string; readonly missing?: undefined }
  | { readonly missing: string };

/** What the packages that `attach` consists of need from the registry. */
function thirdPartyDependencies(): Record<string, string> {
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const { dependencies = {} } = readManifest(name);
    for (const [dependency, version] of Object.entries(dependencies)) {
      if (dependency.startsWith('@otel-monitor/')) visit(dependency.slice('@otel-monitor/'.length));
      else found[dependency] = version;
    }
  };
  visit('attach');
  return found;
}

function readManifest(name: string): { dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(packagesFolder, name, 'package.json'), 'utf8'));
}

/**
 * Installs SDK 3.1 beside the built packages, in a cache outside of the tree: the packages stand there as a user's
 * installation has them, so that they find api 1.10 and no SDK of ours.
 */
export function prepareSdk3(): Sdk3 {
  const dependencies = { ...SDK3, ...thirdPartyDependencies() };
  const key = createHash('sha256').update(JSON.stringify(dependencies)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `sdk3-${key}-${process.platform}-${process.arch}`);
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    const failed = install(folder, dependencies);
    if (failed !== undefined) return { missing: failed };
  }
  copyPackages(folder);
  return { node, folder };
}

function install(folder: string, dependencies: Record<string, string>): string | undefined {
  mkdirSync(join(folder, '..'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--strict-peer-deps', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', ['install', ...options], {
    cwd: fresh,
    encoding: 'utf8',
    timeout: 110_000,
  });
  if (status === 0) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return undefined;
  }
  rmSync(fresh, { recursive: true, force: true });
  return `npm install failed: ${(error?.message ?? stderr).trim().split('\n')[0]}`;
}

function copyPackages(folder: string): void {
  const scope = join(folder, 'node_modules', '@otel-monitor');
  rmSync(scope, { recursive: true, force: true });
  for (const name of readdirSync(packagesFolder)) {
    // what brings the 2.x SDK is not part of such an installation
    if (['node', 'spans', 'testing', 'cli'].includes(name)) continue;
    for (const part of ['package.json', 'dist']) {
      const from = join(packagesFolder, name, part);
      if (existsSync(from)) cpSync(from, join(scope, name, part), { recursive: true });
    }
  }
}
