import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationModules, modulesOf } from '../../src/instrumentations/application-modules.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'otel-monitor-modules-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(folder: string, name: string, says: string, manifest: object = {}): string {
  const target = join(root, folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name, ...manifest }));
  writeFileSync(join(target, 'index.js'), `exports.says = ${JSON.stringify(says)};`);
  return join(target, 'index.js');
}
function file(path: string): string {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), '');
  return join(root, path);
}
const modules = (entry: string | undefined, cwd = join(root, 'elsewhere'), own = join(root, 'own/register.js')) =>
  applicationModules(entry, cwd, own);

describe('the modules of an application', () => {
  it('are those beside its main file, then those of the working directory, then those beside ours', () => {
    const entry = file('app/src/main.js');
    install('app', 'a', 'app');
    for (const name of ['a', 'b']) install('elsewhere', name, 'cwd');
    for (const name of ['a', 'b', 'c']) install('own', name, 'own');
    const found = ['a', 'b', 'c', 'd'].map((name) => modules(entry).find(name)?.load().says);
    expect(found).toEqual(['app', 'cwd', 'own', undefined]);
  });

  it('are its libraries unless they lie beside ours alone', () => {
    install('elsewhere', 'a', 'cwd');
    install('own', 'b', 'own');
    const application = modules(undefined);
    expect([application.hasLibrary('a'), application.hasLibrary('b'), application.find('b') !== undefined]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are found from where a linked main file is, and from a folder that is started', () => {
    install('real', 'a', 'real');
    const real = file('real/main.js');
    mkdirSync(join(root, 'bin'));
    symlinkSync(real, join(root, 'bin/tool'));
    expect(modules(join(root, 'bin/tool')).find('a')?.load().says).toBe('real');
    expect(modules(join(root, 'real')).find('a')?.load().says).toBe('real');
  });

  it('are looked for without the main file of node -e, and with one that is not there', () => {
    install('elsewhere', 'a', 'cwd');
    expect(modules(undefined).find('a')?.load().says).toBe('cwd');
    expect(modules(join(root, 'gone/main.js')).find('a')?.load().says).toBe('cwd');
  });

  it('throw when their manifest does not let them be loaded', () => {
    install('elsewhere', 'a', 'cwd', { exports: { './other': './index.js' } });
    expect(() => modules(undefined).find('a')).toThrow('No "exports" main defined');
  });

  it('of one file are those that it sees, with scopes and files inside', () => {
    const path = install('app', '@scope/a', 'outer');
    install('app/node_modules/@scope/a', '@scope/b', 'inner');
    install('app', '@scope/b', 'outer');
    expect(modulesOf(path).find('@scope/b')?.load().says).toBe('inner');
    expect(modulesOf(path).find('@scope/b/index.js')?.load().says).toBe('inner');
    expect(modulesOf(path).find('@scope/c')).toBeUndefined();
  });
});
