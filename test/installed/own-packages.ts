import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dependencies } from './install-once.js';

const packagesFolder = fileURLToPath(new URL('../../packages/', import.meta.url));

/** Packages that run beside no application. */
const ASIDE = ['testing', 'cli', 'dashboards'];

/** Those that bring the SDK of the 2.x line, which does not work with the API that the 3.x line needs. */
const OF_SDK_2 = ['node', 'spans'];

/** The packages of this repository that an application may have, by the names of their folders. */
export function ownPackages({ withSdk2 }: { withSdk2: boolean }): string[] {
  const left = withSdk2 ? ASIDE : [...ASIDE, ...OF_SDK_2];
  return readdirSync(packagesFolder).filter((name) => !left.includes(name));
}

/** What packages of this repository need from elsewhere. */
export function dependenciesOf(names: readonly string[]): Dependencies {
  const found = names.flatMap((name) => {
    const manifest = readFileSync(join(packagesFolder, name, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Dependencies };
    return Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith('@otel-monitor/'));
  });
  return Object.fromEntries(found);
}
