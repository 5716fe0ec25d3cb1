import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onPath } from '../../scripts/executable-file.mjs';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type RunningProgram, startProgram } from '../real-parts/running-program.js';

const logrotate = onPath('logrotate', { PATH: `${process.env.PATH}:/usr/sbin:/sbin` });
const needs = logrotate === undefined ? ' (needs logrotate)' : '';
const writer = fileURLToPath(new URL('./programs/log-writer.mjs', import.meta.url));
const ROTATIONS = 3;
/** Lines that a file has at least when it is rotated: some are read before, and some afterwards. */
const LINES_A_FILE = 1_500;

/** The file that is shipped, with another folder and another way to reload. */
function shipped(name: string, folder: string, pid: number): string {
  const text = readFileSync(new URL(`../../logrotate-config/${name}`, import.meta.url), 'utf8');
  const changed = text
    .replace('/var/log/monitored/*.log', `${folder}/*.log`)
    .replace('systemctl reload monitored.service', `kill -HUP ${pid}`);
  expect(changed).not.toMatch(/^[^#]*(?:\/var\/log|systemctl)/m);
  return changed;
}

/** The numbers of the whole lines in the files of the folder, by default all, packed ones too. */
const linesIn = (folder: string, ...files: string[]): number[] =>
  (files.length > 0 ? files : readdirSync(folder)).flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { line: number }).line);
  });

/** Lines of the files that have not come, and lines that have come more than once. */
function differences(received: readonly number[], kept: readonly number[]) {
  const come = new Set(received);
  const seen = new Set<number>();
  return {
    missing: kept.filter((line) => !come.has(line)),
    twice: received.filter((line) => seen.size === seen.add(line).size),
  };
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other);

describe.skipIf(!collectorAvailable || needs !== '')(
  `log files that are rotated under load, with the Collector${needs}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-rotation-'));
    let collector: CollectorProcess;
    let program: RunningProgram | undefined;

    beforeAll(async () => {
      for (const name of ['renamed', 'copied']) mkdirSync(join(folder, name));
      collector = await startCollector({
        overlays: ['files.yaml', 'log-files.yaml'],
        env: { COLLECTOR_LOG_FILES: `${folder}/*/*.log`, COLLECTOR_LOG_FOLDER: join(folder, 'positions') },
      });
    });
    afterAll(async () => {
      await program?.stop('SIGKILL');
      await collector?.stop();
      rmSync(folder, { recursive: true });
    });

    it.each([
      ['monitored-reload', 'renamed'],
      ['monitored-copytruncate', 'copied'],
    ])('%s: every line that the files have comes once', async (config, name) => {
      const files = join(folder, name);
      const env = { ...process.env, LOG_FILE: join(files, 'shop.log') };
      program = await startProgram({
        command: process.execPath,
        args: [writer],
        env,
        isReady: (output) => output.includes('ready'),
      });
      const file = join(folder, `${name}.conf`);
      writeFileSync(file, shipped(config, files, program.pid), { mode: 0o600 });
      const received = () =>
        collector
          .readFile()
          .logs.filter(({ item }) => String(item.attributes['log.file.path']).startsWith(files))
          .map(({ item }) => item.attributes.line as number);
      const haveCome = async (lines: () => readonly number[]) => {
        for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(100)) {
          if (differences(received(), lines()).missing.length === 0) return;
        }
      };
      const inFile = (file: string) => (existsSync(join(files, file)) ? linesIn(files, file) : []);
      for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
        // a file that is packed before it was read to its end is no fault of the Collector
        await haveCome(() => inFile('shop.log.1'));
        while (inFile('shop.log').length < LINES_A_FILE) await delay(100);
        await promisify(execFile)(logrotate as string, ['--force', '--state', join(folder, `${name}.state`), file]);
      }
      while (inFile('shop.log').length === 0) await delay(50);
      await program.stop('SIGTERM');
      const written = Number(/wrote (\d+)/.exec(program.output())?.[1]);

      const kept = linesIn(files);
      expect(readdirSync(files).sort()).toEqual(['shop.log', 'shop.log.1', 'shop.log.2.gz', 'shop.log.3.gz']);
      await haveCome(() => kept);
      await delay(500); // what would come twice
      expect(differences(received(), kept)).toEqual({ missing: [], twice: [] });
      // renamed, no line is lost at all; copied, what was written between copy and truncation is, which a busy machine draws out
      if (name === 'renamed') expect(sorted(kept)).toEqual(Array.from({ length: written }, (_, line) => line));
      else expect(kept.length).toBeGreaterThan(ROTATIONS * LINES_A_FILE);
    });
  },
);
