import { describe, expect, it } from 'vitest';
import { manifestProblems, versionConflicts } from '../../scripts/checks/manifest-rules.mjs';
import { readManifest, repositoryRoot, workspacePackages } from '../../scripts/repository.mjs';

const good = {
  name: '@otel-monitor/a',
  version: '0.1.0',
  license: 'Apache-2.0',
  type: 'module',
  engines: { node: '>=20.19 <21 || >=22.12' },
  exports: {
    '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  files: ['dist', 'src'],
  dependencies: { '@otel-monitor/b': '0.1.0', '@opentelemetry/core': '2.12.0', zod: '4.6.7' },
  peerDependencies: { '@opentelemetry/api': '>=1.9.0 <2' },
};

describe.each(workspacePackages())('the package.json of packages/$short', ({ manifest }) => {
  it('keeps the rules', () => {
    expect(manifestProblems(manifest)).toEqual([]);
  });
});

describe('the rules for a package.json', () => {
  it('are kept by a good one', () => {
    expect(manifestProblems(good)).toEqual([]);
  });

  it.each([
    [{ license: 'MIT' }, 'license must be Apache-2.0'],
    [{ type: 'commonjs' }, 'type must be module'],
    [{ engines: { node: '>=20' } }, 'engines.node must be >=20.19 <21 || >=22.12'],
    [{ private: true }, 'must not be private'],
    [{ files: ['src'] }, 'files must list dist'],
    [{ exports: { './package.json': './package.json' } }, 'exports must have "."'],
    [
      { exports: { ...good.exports, './sub': { types: './dist/sub.d.ts', default: './lib/sub.js' } } },
      'exports["./sub"].default must be in ./dist/',
    ],
    [
      { exports: { ...good.exports, './sub': { default: './dist/sub.js', types: './dist/sub.d.ts' } } },
      'exports["./sub"]: default must be last',
    ],
    [
      { dependencies: { '@opentelemetry/api': '1.9.1' } },
      'dependencies: @opentelemetry/api must be a peer, a second copy of it silences everything',
    ],
    [
      { dependencies: { '@opentelemetry/core': '^2.12.0' } },
      'dependencies: @opentelemetry/core must be an exact version, found ^2.12.0',
    ],
    [{ dependencies: { '@otel-monitor/b': '0.0.9' } }, 'dependencies: @otel-monitor/b must be 0.1.0 like this package'],
    [
      { peerDependencies: { '@opentelemetry/api': '^1.9.0' } },
      'peerDependencies: @opentelemetry/api must be >=1.9.0 <2',
    ],
    [{ devDependencies: { '@opentelemetry/core': '~2.12.0' } }, 'devDependencies: @opentelemetry/core must be exact'],
  ])('are broken by %j', (change, problem) => {
    expect(manifestProblems({ ...good, ...change })).toEqual([problem]);
  });
});

it('every OpenTelemetry package is wanted in one version by all', () => {
  const manifests = [readManifest(repositoryRoot), ...workspacePackages().map(({ manifest }) => manifest)];
  expect(versionConflicts(manifests)).toEqual([]);
  expect(
    versionConflicts([good, { ...good, name: 'other', dependencies: { '@opentelemetry/core': '2.12.1' } }]),
  ).toEqual(['@opentelemetry/core: 2.12.0 in @otel-monitor/a, 2.12.1 in other']);
});
