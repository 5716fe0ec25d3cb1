import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle, bundledPackages } from '../../scripts/bundles.mjs';
import { workspacePackages } from '../../scripts/repository.mjs';
import { importsOf } from './source-modules.js';

const packages = workspacePackages().filter(({ short }) => short in bundledPackages);

/** `@scope/name` or `name` of a file or specifier below `node_modules`. */
const packageName = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that a declaration file names, and those that its own files name. */
function namedInTypes(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(readFileSync(file, 'utf8'), file).flatMap(({ specifier }) =>
    specifier.startsWith('.')
      ? namedInTypes(join(dirname(file), specifier.replace(/\.js$/, '.d.ts')), seen)
      : [packageName(specifier)],
  );
}

describe.each(packages)('the bundle of packages/$short', async ({ folder, short, manifest }) => {
  const { files, inputs, imports } = await bundle(short);
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const inside = new Set(
    inputs.flatMap((input) => {
      const name = input.split('node_modules/').at(-1);
      return input.includes('node_modules/') && name !== undefined ? [packageName(name)] : [];
    }),
  );

  it('is what `npm run build` has written', () => {
    for (const { path, text } of files) expect(readFileSync(path, 'utf8') === text, relative(folder, path)).toBe(true);
  });

  it('has no character beyond Latin 1: V8 would keep all of it in two bytes each', () => {
    const code = files.filter(({ path }) => path.endsWith('.js')).map(({ text }) => text);
    expect(code.flatMap((text) => text.match(/.{0,30}[^\0-\xff].{0,30}/g) ?? [])).toEqual([]);
  });

  it('has no API inside: it loads the one of the program', () => {
    expect([...inside].filter((name) => name === '@opentelemetry/api')).toEqual([]);
    expect(imports).toContain('@opentelemetry/api');
    const loaded = imports.filter((name) => !name.startsWith('.') && !/^(node:)?[a-z_\d]+(\/promises)?$/.test(name));
    expect(loaded).toEqual(['@opentelemetry/api']);
  });

  it('says under which licences its contents are', () => {
    const notices = files.find(({ path }) => path.endsWith('THIRD-PARTY-LICENSES.txt'))?.text ?? '';
    expect([...inside].sort().filter((name) => !notices.includes(`${name} `))).toEqual([]);
  });

  it('has each package inside from one folder', () => {
    const folders = new Map<string, Set<string>>();
    for (const input of inputs.filter((path) => path.includes('node_modules/'))) {
      const [, place, rest] = /^(.*node_modules\/)(.*)$/.exec(input) ?? [];
      const name = packageName(rest ?? '');
      folders.set(name, (folders.get(name) ?? new Set()).add(`${place}${name}`));
    }
    expect([...folders.values()].filter((places) => places.size > 1)).toEqual([]);
  });

  it('depends on what is loaded or named in types', () => {
    const named = (bundledPackages[short] ?? []).flatMap((entry) =>
      namedInTypes(join(folder, 'dist', `${entry}.d.ts`)),
    );
    // a library that is loaded only when it is needed stands in createRequire(…)('name')
    const text = files.map((file) => file.text).join('');
    const late = outside.filter((name) => text.includes(`("${name}")`));
    const own = named.filter((name) => name !== manifest.name && !name.startsWith('node:'));
    expect([...new Set([...own, ...late])].filter((name) => !outside.includes(name))).toEqual([]);
  });
});

it('a bundle takes its sources, not what `tsc` made of them', async () => {
  const { inputs } = await bundle('node');
  expect(inputs).toContain('packages/runtime/src/registry.ts');
  expect(inputs.filter((input) => /^packages\/[^/]+\/dist\//.test(input))).toEqual([]);
});
