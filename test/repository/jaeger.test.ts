import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildJaeger } from '../../scripts/build-jaeger.mjs';
import { findJaeger, jaegerFolder, jaegerModule } from '../../scripts/find-jaeger.mjs';
import { fakeProgram } from './fake-programs.js';
import { machineWithGo } from './machine-with-go.js';

const notFound = { notes: ['no Jaeger in JAEGER, on the PATH (jaeger) or in the cache'] };

/** Gives out a module which cannot be written, as the real go does. */
function machine(extra: Record<string, string> = {}) {
  const made = machineWithGo(buildJaeger, 'cp go.sum "$out" && chmod +x "$out"', extra);
  mkdirSync(join(made.module, 'cmd'));
  writeFileSync(join(made.module, 'go.sum'), 'sums');
  chmodSync(join(made.module, 'cmd'), 0o555);
  return made;
}

describe('building Jaeger', () => {
  it('downloads the module, builds in a copy of it, and leaves the executable and nothing else in the cache', async () => {
    const { env, build, asked, said } = machine();
    const executable = await build();
    expect(executable).toBe(join(jaegerFolder(env, '1.26'), 'jaeger'));
    expect(readFileSync(executable, 'utf8')).toBe('sums');
    expect(asked()[0]).toBe(`mod download -json ${jaegerModule.path}@v${jaegerModule.version}`);
    expect(asked()[1]).toMatch(/^build -trimpath -ldflags=-s -w -o .*jaeger \.\/cmd\/jaeger$/);
    expect(readdirSync(env.OTELCOL_CACHE, { recursive: true })).toHaveLength(2);
    expect(said[0]).toContain('about 4 minutes, once');
  });

  it('fails with the last lines of the build, and leaves nothing behind', async () => {
    const { env, build } = machine({ BROKEN: '1' });
    await expect(build()).rejects.toThrow(/ended with 1:\n.*undefined: x/s);
    expect(readdirSync(env.OTELCOL_CACHE)).toEqual([]);
  });
});

describe('finding Jaeger', () => {
  it('takes JAEGER, then the PATH, then what was built', async () => {
    const { root, bin, env, build } = machine();
    expect(findJaeger({ ...env, PATH: bin })).toEqual(notFound);
    const built = await build();
    expect(findJaeger({ ...env, PATH: bin })).toEqual({ path: built, notes: [] });
    const onPath = fakeProgram(bin, 'jaeger', 'exit 0');
    expect(findJaeger({ ...env, PATH: bin }).path).toBe(onPath);
    const chosen = fakeProgram(root, 'mine', 'exit 0');
    expect(findJaeger({ ...env, PATH: bin, JAEGER: chosen }).path).toBe(chosen);
  });

  it('takes nothing else when JAEGER cannot be run', () => {
    const { bin, env } = machine();
    fakeProgram(bin, 'jaeger', 'exit 0');
    expect(findJaeger({ ...env, JAEGER: '/nowhere/jaeger' })).toEqual({
      notes: ['JAEGER is set to /nowhere/jaeger, which is not an executable file'],
    });
  });

  it('takes the build of the Go that is there, where there are several', async () => {
    const { bin, env, build } = machine();
    const built = await build();
    fakeProgram(jaegerFolder(env, '1.27'), 'jaeger', 'exit 0');
    expect(findJaeger({ ...env, PATH: bin }).path).toBe(built);
  });
});
