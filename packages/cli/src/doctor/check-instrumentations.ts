import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  instrumentationPackage,
  isInstrumentationOn,
  knownInstrumentations,
  type MonitoringConfig,
} from '@otel-monitor/config';
import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';

const check = 'libraries';

/** Which libraries of the program in `cwd` are looked into under `register`, and which could be. */
export function checkInstrumentations(cwd: string, config: Pick<MonitoringConfig, 'instrumentations'>): Finding {
  const wanted = knownInstrumentations.filter((name) => isInstrumentationOn(config.instrumentations, name));
  // the package for these serves others too: it says nothing of whether they are there
  const used = wanted.filter((name) => name !== 'hono' || versionOf('hono', cwd) !== undefined);
  const found = used.flatMap((name) => {
    const version = versionOf(instrumentationPackage(name), cwd);
    return version === undefined ? [] : [`${name} by ${instrumentationPackage(name)} ${version}`];
  });
  const bare = used.filter(
    (name) => versionOf(name, cwd) !== undefined && versionOf(instrumentationPackage(name), cwd) === undefined,
  );
  const message = found.length === 0 ? 'none is looked into; HTTP is recorded without' : printable(found.join(', '));
  if (bare.length === 0) return { level: 'ok', check, message };
  const packages = bare.map(instrumentationPackage).join(' ');
  return { level: 'ok', check, message, advice: `to look into ${bare.join(', ')} as well: npm install ${packages}` };
}

/** The version of a package that a program in `cwd` would load. */
function versionOf(name: string, cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    try {
      const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
      const { version } = JSON.parse(text) as { version?: unknown };
      if (typeof version === 'string') return version;
    } catch {
      // not here
    }
    if (dirname(folder) === folder) return undefined;
  }
}
