import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledPackages } from '../../scripts/bundles.mjs';
import { workspacePackages } from '../../scripts/repository.mjs';
import { type AllowedImports, allowedImports } from './allowed-imports.js';
import { hasTopLevelAwait, type Import, importsOf, sourceFiles } from './source-modules.js';

const scope = '@otel-monitor/';

/** `@scope/name/sub` and `name/sub` without what follows the package's name. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function isAllowed({ specifier, typeOnly }: Import, allowed: AllowedImports): boolean {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return true;
  const name = packageName(specifier);
  if (name.startsWith(scope)) return allowed.own.includes(name.slice(scope.length));
  if (name === '@opentelemetry/api') return allowed.api;
  if (name === '@opentelemetry/sdk-metrics' && typeOnly && allowed.sdk === 'types of sdk-metrics') return true;
  if (name.startsWith('@opentelemetry/')) return allowed.sdk === 'all';
  return true;
}

describe('the rule of the import table', () => {
  const rule = (specifier: string, typeOnly: boolean, allowed: Partial<AllowedImports>) =>
    isAllowed({ specifier, typeOnly }, { own: [], api: false, sdk: 'none', ...allowed });

  it('lets through what is listed and nothing else', () => {
    expect(rule('@otel-monitor/runtime', false, {})).toBe(false);
    expect(rule('@otel-monitor/runtime/sub', true, { own: ['runtime'] })).toBe(true);
    expect(rule('@opentelemetry/api', true, {})).toBe(false);
    expect(rule('@opentelemetry/api', false, { api: true })).toBe(true);
    expect(rule('@opentelemetry/api-logs', true, { api: true })).toBe(false);
  });

  it('tells types of sdk-metrics from the SDK itself', () => {
    expect(rule('@opentelemetry/sdk-metrics', true, { sdk: 'types of sdk-metrics' })).toBe(true);
    expect(rule('@opentelemetry/sdk-metrics', false, { sdk: 'types of sdk-metrics' })).toBe(false);
    expect(rule('@opentelemetry/sdk-trace-base', true, { sdk: 'types of sdk-metrics' })).toBe(false);
    expect(rule('@opentelemetry/sdk-trace-base', false, { sdk: 'all' })).toBe(true);
  });
});

describe.each(workspacePackages())('packages/$short', ({ folder, short, manifest }) => {
  const files = sourceFiles(join(folder, 'src'));
  const imports = files.flatMap(({ name, text }) => importsOf(text, name).map((found) => ({ name, ...found })));
  const tell = ({ name, specifier, typeOnly }: Import & { name: string }) =>
    `${name}: ${specifier}${typeOnly ? ' (type)' : ''}`;

  it('imports only what the table lets it', () => {
    const allowed = allowedImports[short];
    if (allowed === undefined) throw new Error(`packages/${short} is not in allowed-imports.ts`);
    expect(imports.filter((found) => !isAllowed(found, allowed)).map(tell)).toEqual([]);
  });

  it('lists what it imports', () => {
    // what is inside a bundle is not installed with it
    const inside = short in bundledPackages ? manifest.devDependencies : {};
    const listed = { ...manifest.dependencies, ...manifest.peerDependencies, ...inside };
    const missing = imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(({ specifier }) => packageName(specifier) !== manifest.name && !(packageName(specifier) in listed));
    expect(missing.map(tell)).toEqual([]);
  });

  it('depends on nothing that it does not use', () => {
    const parts = short in bundledPackages ? workspacePackages() : [{ folder }];
    const text = parts.flatMap((part) => sourceFiles(join(part.folder, 'src')).map((file) => file.text)).join('\n');
    // a library that is loaded only when it is needed stands in createRequire(…)('name')
    const isUsed = (name: string) =>
      imports.some(({ specifier }) => packageName(specifier) === name) || text.includes(`('${name}')`);
    const all = { ...manifest.dependencies, ...(short in bundledPackages ? manifest.devDependencies : {}) };
    expect(Object.keys(all).filter((name) => !isUsed(name))).toEqual([]);
  });

  it('has no top-level await, so that require() works', () => {
    expect(files.filter(({ name, text }) => hasTopLevelAwait(text, name)).map(({ name }) => name)).toEqual([]);
  });
});
