import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { nodes } from '../beside/nodes.js';
import { program, runProgram } from './run-program.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'by-source-'));
  cpSync(program('by-source'), join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const options = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--skipLibCheck', '--sourceMap'];
  execFileSync(process.execPath, [compiler, ...options, '--outDir', 'dist', 'src/main.ts'], { cwd: folder });
  buildSync({
    entryPoints: [join(folder, 'src/main.ts')],
    outdir: join(folder, 'bundle'),
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    sourcemap: 'inline',
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly before: readonly string[];
  readonly groups: readonly { id: string; title: string; culprit: string; count: number }[];
  readonly old: readonly string[];
}

async function run(node: string, file: string): Promise<Told> {
  const { code, stderr, stdout } = await runProgram(file, { node, cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

test.each(nodes())('a program of tsc and its minified bundle fail in the same group, on %s', async (_name, node) => {
  const [bundle = ''] = readdirSync(join(folder, 'bundle'));
  const compiled = await run(node, join(folder, 'dist/main.js'));
  const bundled = await run(node, join(folder, 'bundle', bundle));
  const [group] = compiled.groups;
  expect(compiled.groups).toHaveLength(1);
  expect(bundled.groups).toHaveLength(1);
  expect(group).toMatchObject({
    title: 'RangeError: tile <number> out of range',
    culprit: 'checkedTile (src/tiles.ts)',
  });
  expect(bundled.groups[0]).toMatchObject({ id: group?.id, title: group?.title, culprit: group?.culprit });
  // the first three errors were grouped by the bundle's own frames: their group became this one, and its id still leads here
  expect(bundled.before).not.toEqual([group?.id]);
  expect(bundled.old).toEqual([group?.id]);
  expect(bundled.groups[0]?.count).toBeGreaterThan(3);
});
