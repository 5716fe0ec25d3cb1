import { readFileSync } from 'node:fs';
import { instrumentationPackage, knownInstrumentations } from '@otel-monitor/config';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const tested = JSON.parse(read('test/instrumentations/libraries.json')) as Record<string, Record<string, string>>;

/** Rows of the table: library, packages, versions of the library. */
const rows = [...read('docs/zero-code.md').matchAll(/^\| ([a-z\d]+) \| (`.*?) \| (\d.*?) \| .* \|$/gm)].map(
  ([, library = '', packages = '', versions = '']) => ({ library, packages, versions }),
);

it('the table of the guide has every instrumentation that is looked for, by its package', () => {
  expect(rows.map(({ library }) => library).sort()).toEqual([...knownInstrumentations].sort());
  for (const { library, packages } of rows) expect(packages).toContain(`\`${instrumentationPackage(library)}\``);
});

it('it names the versions that are tested', () => {
  for (const { library, packages, versions } of rows) {
    for (const [, name = '', version] of packages.matchAll(/`(.+?)` (\d[\d.]*)/g)) {
      expect(`${name} ${version}`).toBe(`${name} ${tested.main?.[name]}`);
    }
    const [first, ...more] = versions.split(/, | · /);
    expect(`${library} ${first}`).toBe(`${library} ${tested.main?.[library]}`);
    for (const other of more) {
      const [version, name = ''] = other.split(' ').reverse();
      expect(`${name} ${version}`).toBe(`${name} ${name === '' ? tested.express4?.[library] : tested.main?.[name]}`);
    }
  }
});
