import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { bundle, bundledPackages } from '../../scripts/bundles.mjs';
import { repositoryRoot, workspacePackages } from '../../scripts/repository.mjs';
import { temporaryFolder } from './fake-programs.js';

/** A second copy of one of these has globals, classes or types of its own: signals are lost without a word. */
const single = ['api', 'api-logs', 'core', 'resources', 'sdk-metrics', 'sdk-trace', 'sdk-trace-base', 'sdk-logs'].map(
  (name) => `@opentelemetry/${name}`,
);

/** Every installed package below a folder, by its name: where it is. Links (our own packages) are not followed. */
function installed(folder: string, found = new Map<string, string[]>()): Map<string, string[]> {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return found;
  const inModules = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const entry of inModules) {
    const path = join(modules, entry.name);
    const packages = entry.name.startsWith('@')
      ? readdirSync(path, { withFileTypes: true })
          .filter((inner) => inner.isDirectory())
          .map((inner) => join(path, inner.name))
      : [path];
    for (const packageFolder of packages) {
      const file = join(packageFolder, 'package.json');
      if (existsSync(file)) {
        const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name: string };
        found.set(name, [...(found.get(name) ?? []), packageFolder]);
      }
      installed(packageFolder, found);
    }
  }
  return found;
}

it.each(single)('%s is installed once', (name) => {
  const roots = [repositoryRoot, ...workspacePackages().map(({ folder }) => folder)];
  const copies = roots.flatMap((root) => installed(root).get(name) ?? []);
  expect(copies.map((copy) => relative(repositoryRoot, copy))).toEqual([join('node_modules', name)]);
});

it.each(Object.keys(bundledPackages))(
  'the bundle of %s has at most one copy of each, and none of the API',
  async (short) => {
    const { inputs } = await bundle(short);
    const copies = single.flatMap((name) => {
      const found = inputs.filter((input) => input.includes(`node_modules/${name}/`));
      return [...new Set(found.map((input) => input.slice(0, input.indexOf(`${name}/`) + name.length)))];
    });
    expect(copies.filter((copy) => !/^node_modules\/@opentelemetry\/[^/]+$/.test(copy))).toEqual([]);
    expect(copies).not.toContain('node_modules/@opentelemetry/api');
  },
);

it('a nested copy would be seen, under an alias too', () => {
  const root = temporaryFolder();
  for (const path of ['@opentelemetry/core', 'other/node_modules/@opentelemetry/core', 'core-two']) {
    const folder = join(root, 'node_modules', path);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: '@opentelemetry/core' }));
  }
  expect(installed(root).get('@opentelemetry/core')).toHaveLength(3);
});
