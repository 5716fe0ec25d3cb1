import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const VERSION = '15.1.3';
const INSTALL_MILLIS = 120_000;

/** The address of prom-client's module, installed once outside of the repository; undefined when it cannot be had. */
export async function findPromClient() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'otel-monitor', `benchmark-prom-client-${VERSION}`);
  const module = join(folder, 'node_modules', 'prom-client', 'index.js');
  if (!existsSync(module)) {
    mkdirSync(folder, { recursive: true });
    const args = [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `prom-client@${VERSION}`,
    ];
    await promisify(execFile)('npm', args, { timeout: INSTALL_MILLIS, cwd: folder }).catch(() => {});
  }
  return existsSync(module) ? pathToFileURL(module).href : undefined;
}
