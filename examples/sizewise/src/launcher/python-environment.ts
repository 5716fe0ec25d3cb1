import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the duct-sizing service and the list of its packages are. */
export const pythonFolder = fileURLToPath(new URL('../../python', import.meta.url));

/** How Python is called to run the service, or in one line why it cannot. */
export type PythonEnvironment = { readonly python: string; readonly packages: string } | { readonly missing: string };

const INSTALL_MILLIS = 180_000;

/**
 * Python with the packages of requirements.txt, which are installed once into the cache outside of the tree: the same
 * folder that a built Collector is in (`OTELCOL_CACHE`, `XDG_CACHE_HOME`, else `~/.cache`).
 *
 * @param announce is called before an installation, which takes a while
 */
export async function preparePython(env: NodeJS.ProcessEnv, announce: () => void): Promise<PythonEnvironment> {
  const python = env.SIZEWISE_PYTHON || 'python3';
  const requirements = join(pythonFolder, 'requirements.txt');
  const version = await versionOf(python);
  if (version === undefined) return { missing: `${python} 3.10 or later was not found` };
  const hash = createHash('sha256')
    .update(version)
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const cache = cacheFolder(env);
  const folder = join(cache, `sizewise-python-${hash}`);
  const packages = join(folder, 'packages');
  if (existsSync(packages)) return { python, packages };
  announce();
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  try {
    const options = { timeout: INSTALL_MILLIS };
    await run(python, ['-m', 'venv', join(fresh, 'venv')], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
    const target = ['--target', join(fresh, 'packages'), '--requirement', requirements];
    await run(join(fresh, 'venv', 'bin', 'python'), [...pip, ...target], options);
    // two that start at the same time: the second finds what the first has made
    if (!existsSync(folder)) await rename(fresh, folder);
  } catch (error) {
    if (existsSync(packages)) return { python, packages };
    return { missing: `its packages could not be installed (${reasonOf(error)}); Debian: python3-venv` };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return existsSync(packages) ? { python, packages } : { missing: 'its packages could not be installed' };
}

async function versionOf(python: string): Promise<string | undefined> {
  try {
    const script = 'import sys; assert sys.version_info >= (3, 10); print(sys.version)';
    return (await run(python, ['-c', script], { timeout: 10_000 })).stdout;
  } catch {
    return undefined;
  }
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.OTELCOL_CACHE) return env.OTELCOL_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'otel-monitor');
  return join(env.HOME || homedir(), '.cache', 'otel-monitor');
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').at(-1) ?? '';
}
