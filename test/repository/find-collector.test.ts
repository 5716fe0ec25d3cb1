import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder, cachedCollector, cacheFolder, readBuilder } from '../../scripts/collector-cache.mjs';
import { findCollector } from '../../scripts/find-collector.mjs';
import { fakeProgram, temporaryFolder } from './fake-programs.js';

const fit = 'exit 0';
const unfit = 'echo "unknown field: translation_strategy" >&2; exit 1';
const go = (release: string) => `echo "go version go${release} linux/amd64"`;

/** A machine of its own: fake programs on an otherwise empty PATH, an empty cache. */
function machine() {
  const root = temporaryFolder();
  const configFolder = join(root, 'collector-config');
  mkdirSync(configFolder);
  writeFileSync(join(configFolder, 'builder.yaml'), 'dist:\n  version: 0.159.0\n');
  const first = join(root, 'first');
  const second = join(root, 'second');
  const env = { PATH: [first, second].join(delimiter), OTELCOL_CACHE: join(root, 'cache') };
  return { root, configFolder, first, second, env };
}

describe('finding a Collector', () => {
  it('takes OTELCOL before anything else', () => {
    const { root, configFolder, first, env } = machine();
    fakeProgram(first, 'otelcol', fit);
    const chosen = fakeProgram(root, 'my-collector', fit);
    expect(findCollector({ ...env, OTELCOL: chosen }, configFolder)).toEqual({
      found: { path: chosen, origin: 'OTELCOL' },
      notes: [],
    });
  });

  it('takes nothing else when OTELCOL cannot be run', () => {
    const { root, configFolder, first, env } = machine();
    fakeProgram(first, 'otelcol', fit);
    const missing = join(root, 'missing');
    expect(findCollector({ ...env, OTELCOL: missing }, configFolder)).toEqual({
      notes: [`OTELCOL is set to ${missing}, which is not an executable file`],
      wrong: true,
    });
  });

  it('looks for otelcol in all of the PATH before otelcol-contrib', () => {
    const { configFolder, first, second, env } = machine();
    fakeProgram(first, 'otelcol-contrib', fit);
    const path = fakeProgram(second, 'otelcol', fit);
    expect(findCollector(env, configFolder).found).toEqual({ path, origin: 'PATH' });
  });

  it('passes over one that cannot load the base configuration, and says why', () => {
    const { configFolder, first, second, env } = machine();
    const old = fakeProgram(first, 'otelcol', unfit);
    const path = fakeProgram(second, 'otelcol-contrib', fit);
    expect(findCollector(env, configFolder)).toEqual({
      found: { path, origin: 'PATH' },
      notes: [`${old} is passed over: it cannot load collector-config/base.yaml (unknown field: translation_strategy)`],
    });
  });

  it('passes over a folder and a file that is not executable', () => {
    const { configFolder, first, second, env } = machine();
    mkdirSync(join(first, 'otelcol'), { recursive: true });
    mkdirSync(second);
    writeFileSync(join(second, 'otelcol'), '');
    expect(findCollector(env, configFolder)).toEqual({
      notes: ['no Collector in OTELCOL, on the PATH (otelcol, otelcol-contrib) or in the cache'],
    });
  });

  it('takes what was built earlier by the same release of Go', () => {
    const { configFolder, first, env } = machine();
    fakeProgram(first, 'go', go('1.26.8'));
    const path = fakeProgram(buildFolder(env, configFolder, '1.26'), 'otelcol', fit);
    fakeProgram(buildFolder(env, configFolder, '1.25'), 'otelcol', fit);
    expect(findCollector(env, configFolder).found).toEqual({ path, origin: 'cache' });
  });

  it('takes a build of any release of Go where there is no Go', () => {
    const { configFolder, env } = machine();
    const path = fakeProgram(buildFolder(env, configFolder, '1.25'), 'otelcol', fit);
    expect(cachedCollector(env, configFolder)).toBe(path);
  });

  it('does not take a build of another builder.yaml', () => {
    const { configFolder, first, env } = machine();
    fakeProgram(first, 'go', go('1.26.8'));
    fakeProgram(buildFolder(env, configFolder, '1.26'), 'otelcol', fit);
    writeFileSync(join(configFolder, 'builder.yaml'), 'dist:\n  version: 0.159.0\n  # changed\n');
    expect(cachedCollector(env, configFolder)).toBeUndefined();
  });
});

describe('the cache', () => {
  it.each([
    [{ OTELCOL_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' }, '/a'],
    [{ XDG_CACHE_HOME: '/b', HOME: '/c' }, join('/b', 'otel-monitor')],
    [{ OTELCOL_CACHE: '', XDG_CACHE_HOME: '', HOME: '/c' }, join('/c', '.cache', 'otel-monitor')],
  ])('of %j is %s', (env, folder) => {
    expect(cacheFolder(env)).toBe(folder);
  });

  it('wants a version in builder.yaml', () => {
    const { configFolder } = machine();
    writeFileSync(join(configFolder, 'builder.yaml'), 'dist:\n  name: otelcol\n');
    expect(() => readBuilder(configFolder)).toThrow('dist.version, such as 0.159.0, is missing');
  });
});
