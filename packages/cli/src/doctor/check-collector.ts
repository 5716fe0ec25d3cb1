import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Surroundings } from '../surroundings.js';
import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';

const check = 'Collector';
const NAMES = ['otelcol', 'otelcol-contrib'];

/** Whether an OpenTelemetry Collector is installed: by `OTELCOL`, then on the PATH. One is not needed to be monitored. */
export function checkCollector({ env, cwd }: Pick<Surroundings, 'env' | 'cwd'>): Finding {
  if (env.OTELCOL) {
    const path = resolve(cwd, env.OTELCOL);
    if (isExecutable(path)) return { level: 'ok', check, message: `${printable(path)} (OTELCOL)` };
    const message = `OTELCOL names ${printable(path)}, which is no program`;
    return { level: 'fail', check, message, advice: 'correct it, or unset it' };
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found !== undefined) return { level: 'ok', check, message: printable(found) };
  return { level: 'ok', check, message: 'none on this machine (OTELCOL, PATH); only needed to push signals on' };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
