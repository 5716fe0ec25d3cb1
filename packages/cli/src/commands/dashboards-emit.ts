import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { EmittedFile } from '@otel-monitor/dashboards';
import { EXIT, type ExitCode } from '../exit-code.js';
import { UsageError } from '../service/service-address.js';
import type { Surroundings } from '../surroundings.js';
import { printable, printableJson } from '../text/printable.js';
import { EMIT_TARGETS, type EmitTarget } from './emit-option.js';
import { optionsFor } from './emit-options.js';

/** As commander gives them: those of `EMIT_OPTIONS` beside these. */
export interface DashboardsEmitOptions extends Readonly<Record<string, unknown>> {
  readonly for: string;
  /** The folder, from the working directory; it is made when it is not there. */
  readonly out: string;
  readonly json?: boolean | undefined;
}

/**
 * Writes the files for one of the targets and says which. Files of the same names are replaced, others stay. Rejects with
 * a UsageError for a target that is none, an option that cannot be, and a folder that cannot be written into.
 */
export async function dashboardsEmit(
  options: DashboardsEmitOptions,
  { cwd, stdout, env }: Surroundings,
): Promise<ExitCode> {
  const target = knownTarget(options.for);
  const folder = resolve(cwd, options.out);
  const files = await filesOf(target, options, env);
  for (const { path, text } of files) {
    const file = join(folder, path);
    try {
      await makeFolder(dirname(file));
      await writeFile(file, text);
    } catch (error) {
      throw new UsageError(`--out: ${file} cannot be written: ${reason(error)}`);
    }
  }
  const paths = files.map(({ path }) => join(folder, path));
  stdout(
    options.json
      ? `${printableJson({ target, folder, files: paths })}\n`
      : `${paths.map((path) => `wrote ${printable(path, 4096)}`).join('\n')}\n`,
  );
  return EXIT.ok;
}

/** Step by step: Node's own recursive form never comes back where a file system makes no folders, as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    // somebody else was quicker
    if (!(await isFolder(folder))) throw error;
  });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

function knownTarget(given: string): EmitTarget {
  const known = EMIT_TARGETS.find((target) => target === given);
  if (known === undefined)
    throw new UsageError(`--for: expected ${EMIT_TARGETS.join(', ')}, found ${printable(given)}`);
  return known;
}

/** The package is loaded here and not before: no other command waits for the libraries in it. */
async function filesOf(
  target: EmitTarget,
  given: DashboardsEmitOptions,
  env: Surroundings['env'],
): Promise<readonly EmittedFile[]> {
  const dashboards = await import('@otel-monitor/dashboards');
  const options = optionsFor(target, given, env, dashboards);
  switch (target) {
    case 'grafana':
      return dashboards.grafanaFiles();
    case 'prometheus':
      return dashboards.prometheusFiles(options);
    case 'alertmanager':
      return dashboards.alertmanagerFiles(options);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is where a folder should be' : (code ?? message);
}
