import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFileProblems } from '../../scripts/checks/generated-files.mjs';
import { lockfileProblems } from '../../scripts/checks/lockfile.mjs';
import { temporaryFolder } from './fake-programs.js';

it('a lock file must not name a registry', () => {
  const clean = '"node_modules/a": {\n  "version": "1.0.0",\n  "integrity": "sha512-x"\n}';
  const link = '"node_modules/b": {\n  "resolved": "packages/b",\n  "link": true\n}';
  expect(lockfileProblems(`${clean}\n${link}`)).toEqual([]);
  const address = 'https://registry.example/a.tgz';
  expect(lockfileProblems(`${clean}\n"resolved": "${address}"`)).toEqual([
    'package-lock.json:5: names a registry; .npmrc has omit-lockfile-registry-resolved',
  ]);
  expect(lockfileProblems()).toEqual([]);
});

it('a generator that is not content with its files is a problem, one that is not there only when it must be', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'scripts'));
  writeFileSync(join(root, 'scripts', 'good.mjs'), 'process.exitCode = process.argv[2] === "--check" ? 0 : 1;');
  writeFileSync(
    join(root, 'scripts', 'stale.mjs'),
    'console.log("schema.json is not up to date"); process.exitCode = 1;',
  );
  const list = [
    { script: 'scripts/good.mjs' },
    { script: 'scripts/stale.mjs' },
    { script: 'scripts/later.mjs', optional: true },
    { script: 'scripts/gone.mjs' },
  ];
  expect(generatedFileProblems(root, list)).toEqual([
    'scripts/stale.mjs --check: schema.json is not up to date',
    'scripts/gone.mjs is not there',
  ]);
});
