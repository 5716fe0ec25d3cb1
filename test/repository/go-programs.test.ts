import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildGoProgram } from '../../scripts/build-go-program.mjs';
import { findGoProgram, programFolder } from '../../scripts/find-go-program.mjs';
import { alertmanager, type GoProgram, jaeger, prometheus } from '../../scripts/go-programs.mjs';
import { fakeProgram } from './fake-programs.js';
import { machineWithGo } from './machine-with-go.js';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const programs = [jaeger, prometheus, alertmanager].map((program) => [program.title, program] as const);

/** Gives out a module which cannot be written, as the real go does. */
function machine(program: GoProgram, extra: Record<string, string> = {}) {
  const makes = Object.keys(program.packages).map((name) => `cp go.sum "$out"${name} && chmod +x "$out"${name}`);
  const made = machineWithGo((options) => buildGoProgram(program, options), makes.join(' && '), extra);
  mkdirSync(join(made.module, 'cmd'));
  writeFileSync(join(made.module, 'go.sum'), 'sums');
  chmodSync(join(made.module, 'cmd'), 0o555);
  return made;
}

/** Programs of that name and what lies beside it, in a folder. The path of the first. */
function fakes({ packages }: GoProgram, folder: string, version: string): string {
  const says = `echo "it, version ${version} (branch: , revision: unknown)"`;
  return Object.keys(packages).map((name) => fakeProgram(folder, name, says))[0]!;
}

it.each(programs)(
  '%s is of one version in tests and in docker-compose.yml',
  (_, { name, image, ownVersion, module }) => {
    const { services } = parse(read('docker-compose.yml')) as { services: Record<string, { image: string }> };
    expect(services[name]?.image).toBe(image);
    const [, tag] = image.split(':v');
    // Prometheus 3.5.1 is the module 0.305.1, Alertmanager's versions are those of its module
    const modules = [ownVersion, ownVersion?.replace(/^3\.(\d)\.(\d+)$/, '0.30$1.$2')];
    if (ownVersion !== undefined) expect([ownVersion, modules.includes(module.version)]).toEqual([tag, true]);
  },
);

describe.each(programs)('building %s', (title, program) => {
  const names = Object.keys(program.packages);

  it('downloads the module, builds in a copy of it, and leaves the programs and nothing else in the cache', async () => {
    const { env, build, asked, said } = machine(program);
    const executable = await build();
    expect(executable).toBe(join(programFolder(program, env, '1.26'), names[0]!));
    for (const name of names) expect(readFileSync(join(dirname(executable), name), 'utf8')).toBe('sums');
    expect(asked()[0]).toBe(`mod download -json ${program.module.path}@v${program.module.version}`);
    const packages = names.map((name) => ` ./cmd/${name}`).join('');
    expect(asked()[1]).toMatch(new RegExp(`^build -trimpath -ldflags=-s -w.* -o \\S+/built/${packages}$`));
    expect(asked()[1]?.match(/Version=(\S+)/)?.[1]).toBe(program.ownVersion);
    expect(readdirSync(env.OTELCOL_CACHE, { recursive: true })).toHaveLength(1 + names.length);
    expect(said[0]).toContain(`building ${title} (${program.module.path} v`);
    expect(said[0]).toContain(`about ${program.minutes} min, once`);
  });

  it('fails with the last lines of the build, and leaves nothing behind', async () => {
    const { env, build } = machine(program, { BROKEN: '1' });
    await expect(build()).rejects.toThrow(/ended with 1:\n.*undefined: x/s);
    expect(readdirSync(env.OTELCOL_CACHE)).toEqual([]);
  });
});

describe.each(programs)('finding %s', (title, program) => {
  const { name, variable, ownVersion = '2' } = program;

  it(`takes ${variable}, then what was built, then the PATH`, async () => {
    const { root, bin, env, build } = machine(program);
    const alone = { ...env, PATH: bin };
    const said = program.ownVersion === undefined ? name : `${name} ${ownVersion}`;
    expect(findGoProgram(program, alone)).toEqual({
      notes: [`no ${title} in ${variable}, in the cache or on the PATH (${said})`],
    });
    const onPath = fakes(program, bin, ownVersion);
    expect(findGoProgram(program, alone)).toEqual({ path: onPath, notes: [] });
    const built = await build();
    expect(findGoProgram(program, alone)).toEqual({ path: built, notes: [] });
    const chosen = fakes(program, join(root, 'mine'), '0.0.1');
    expect(findGoProgram(program, { ...alone, [variable]: chosen })).toEqual({ path: chosen, notes: [] });
  });

  it(`takes nothing else when ${variable} cannot be run`, () => {
    const { bin, env } = machine(program);
    fakes(program, bin, ownVersion);
    expect(findGoProgram(program, { ...env, [variable]: '/nowhere/it' })).toEqual({
      notes: [`${variable} is set to /nowhere/it, which is not an executable file`],
    });
  });

  it('takes the build of the Go that is there, where there are several', async () => {
    const { bin, env, build } = machine(program);
    const built = await build();
    fakes(program, programFolder(program, env, '1.27'), ownVersion);
    expect(findGoProgram(program, { ...env, PATH: bin }).path).toBe(built);
  });
});

describe.each(programs.filter(([, { ownVersion }]) => ownVersion !== undefined))('%s of elsewhere', (_, program) => {
  const { name, variable } = program;
  const tool = Object.keys(program.packages)[1]!;

  it.each(['2.42.0', '0.25.0', `${program.ownVersion}-rc.0`, `1${program.ownVersion}`])(
    'is not taken from the PATH when it is version %s',
    (version) => {
      const { bin, env } = machine(program);
      fakes(program, bin, version);
      expect(findGoProgram(program, { ...env, PATH: bin }).path).toBeUndefined();
    },
  );

  it(`is not taken without ${tool} beside it`, () => {
    const { root, bin, env } = machine(program);
    const chosen = fakeProgram(join(root, 'mine'), name, 'exit 0');
    expect(findGoProgram(program, { ...env, [variable]: chosen })).toEqual({
      notes: [`${variable} is set to ${chosen}, but ${join(root, 'mine', tool)} is not an executable file`],
    });
    fakeProgram(bin, name, `echo "version ${program.ownVersion} "`);
    expect(findGoProgram(program, { ...env, PATH: bin }).path).toBeUndefined();
  });
});
