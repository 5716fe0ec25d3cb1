import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanagerFiles, grafanaFiles, prometheusFiles } from '@otel-monitor/dashboards';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.js';

describe('otel-monitor dashboards emit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-emit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const emit = (...args: string[]) => run(['dashboards', 'emit', ...args], { cwd: folder });

  it.each([
    ['grafana', grafanaFiles()],
    ['prometheus', prometheusFiles()],
    ['alertmanager', alertmanagerFiles()],
  ])('writes every file for %s, from the working directory, and says which', async (target, files) => {
    const { exitCode, stdout, stderr } = await emit('--for', target, '--out', 'made/here');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(files.length).toBeGreaterThan(0);
    expect(stdout).toBe(files.map(({ path }) => `wrote ${join(folder, 'made/here', path)}\n`).join(''));
    for (const { path, text } of files) expect(readFileSync(join(folder, 'made/here', path), 'utf8')).toBe(text);
    const there = readdirSync(join(folder, 'made/here'), { recursive: true, withFileTypes: true });
    expect(there.filter((entry) => entry.isFile())).toHaveLength(files.length);
  });

  it('replaces files of the same names and leaves others', async () => {
    const [{ path, text }] = grafanaFiles() as [{ path: string; text: string }];
    writeFileSync(join(folder, path), 'old');
    writeFileSync(join(folder, 'mine.json'), 'mine');
    expect((await emit('--for', 'grafana', '--out', '.')).exitCode).toBe(0);
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe('mine');
  });

  it('says the same as JSON', async () => {
    const { exitCode, stdout } = await emit('--for', 'grafana', '--out', 'made', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      target: 'grafana',
      folder: join(folder, 'made'),
      files: grafanaFiles().map(({ path }) => join(folder, 'made', path)),
    });
  });

  it('refuses a target that is none, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await emit('--for', 'kibana', '--out', 'made');
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^otel-monitor: --for: expected grafana, prometheus, alertmanager, found kibana\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('wants both options', async () => {
    expect(await emit('--out', 'made')).toMatchObject({ exitCode: 64, stdout: '' });
    expect(await emit('--for', 'grafana')).toMatchObject({ exitCode: 64, stdout: '' });
  });

  it('names the file that cannot be written, and why', async () => {
    writeFileSync(join(folder, 'file'), '');
    const first = grafanaFiles()[0]!.path;
    const inFile = await emit('--for', 'grafana', '--out', 'file', '--json');
    const error = `--out: ${join(folder, 'file', first)} cannot be written: a file is where a folder should be`;
    expect(inFile).toEqual({ exitCode: 64, stdout: expect.any(String), stderr: `otel-monitor: ${error}\n` });
    expect(JSON.parse(inFile.stdout)).toEqual({ error });
  });

  it.skipIf(process.platform !== 'linux')('comes back where no folder can ever be made (needs /proc)', async () => {
    const { exitCode, stderr } = await emit('--for', 'grafana', '--out', '/proc/nothing');
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/^otel-monitor: --out: \/proc\/nothing\/.* cannot be written: ENOENT\n$/);
  });

  // who may do everything may write everywhere
  it.skipIf(process.getuid?.() === 0)('says so when it may not write (needs a user that is not root)', async () => {
    chmodSync(folder, 0o500);
    const { exitCode, stderr } = await emit('--for', 'grafana', '--out', '.');
    chmodSync(folder, 0o700);
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/cannot be written: EACCES\n$/);
  });
});
