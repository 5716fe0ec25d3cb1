import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { cacheFolder } from '../../scripts/collector-cache.mjs';
import { alertmanagerVersions } from './alertmanager.js';
import { prometheusVersions } from './prometheus.js';

for (const { shipped } of [prometheusVersions, alertmanagerVersions]) {
  const { name, program, tool } = shipped;
  const isBuilt = program?.startsWith(cacheFolder(process.env)) === true;

  it.skipIf(!isBuilt)(`what is built as ${name} says that it is that, program and tool (needs ${name})`, () => {
    for (const path of [program, tool]) {
      const { stdout } = spawnSync(path!, ['--version'], { encoding: 'utf8' });
      expect(stdout).toContain(`, version ${name.split(' ')[1]} `);
    }
  });
}
