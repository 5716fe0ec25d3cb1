/** The second half of `npm run build`: writes the bundles over nothing that `tsc -b` makes. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundle, bundledPackages } from './bundles.mjs';

for (const short of Object.keys(bundledPackages)) {
  for (const { path, text } of (await bundle(short)).files) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    // in one step: a program may be reading the file at this moment
    const staged = `${path}.${process.pid}`;
    writeFileSync(staged, text);
    renameSync(staged, path);
  }
}
