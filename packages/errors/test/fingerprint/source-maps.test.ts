import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeState } from '@otel-monitor/runtime';
import { buildSync, transformSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeError } from '../../src/description/described-error.js';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';
import { knownFrames } from '../../src/fingerprint/known-frames.js';
import { onRegrouped } from '../../src/fingerprint/regrouping.js';
import type { SourceMap } from '../../src/fingerprint/source-maps/source-map.js';
import { SourceMaps, sourceMaps } from '../../src/fingerprint/source-maps/source-maps.js';

const folder = mkdtempSync(join(tmpdir(), 'by-source-'));
// nothing that reads a map keeps the process alive
const awake = setInterval(() => undefined, 100);
// the runner has V8 map its own files
const wereEnabled = (process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled === true;
process.setSourceMapsEnabled(false);
afterAll(() => {
  process.setSourceMapsEnabled(wereEnabled);
  clearInterval(awake);
  rmSync(folder, { recursive: true });
});

const SOURCE = `export function checkTile(tile: number): number {
  if (tile > 3) throw new RangeError('tile ' + tile + ' out of range');
  return tile;
}
export function drawTiles(tiles: number[]): number[] {
  const drawn = [];
  for (const tile of tiles) drawn.push(checkTile(tile));
  return drawn;
}
`;

/** What drawing with one build fails with, in a process of its own: the runner changes what `stack` says. */
function failing(build: string): Error {
  const code = `import { drawTiles } from '${pathToFileURL(build).href}';
    try { drawTiles([9]); } catch ({ message, stack }) { console.log(JSON.stringify({ message, stack })); }`;
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return Object.assign(new RangeError(), JSON.parse(told));
}

let plain: string;
let minified: string;
beforeAll(() => {
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'src/tiles.ts'), SOURCE);
  const { code, map } = transformSync(SOURCE, { loader: 'ts', sourcemap: 'external', sourcefile: '../src/tiles.ts' });
  plain = join(folder, 'dist/tiles.mjs');
  writeFileSync(plain, `${code}//# sourceMappingURL=tiles.mjs.map\n`);
  writeFileSync(`${plain}.map`, map);
  minified = join(folder, 'dist/main-BxT3k9aZ.mjs');
  buildSync({
    entryPoints: [join(folder, 'src/tiles.ts')],
    outfile: minified,
    format: 'esm',
    bundle: true,
    minify: true,
    sourcemap: true,
    logLevel: 'error',
  });
});

/** The frames of the program alone: what called it is the runner's. */
function ofProgram(error: Error): Error {
  const lines = (error.stack as string).split('\n');
  error.stack = lines.filter((line) => !line.includes(' at ') || line.includes(folder)).join('\n');
  return error;
}

afterEach(() => {
  runtimeState.errors.sourceMaps = true;
});

describe('frames of a compiled file', () => {
  it('are told and grouped by their sources when the map is there, and the groups are told of it', async () => {
    const regrouped: [string, string][] = [];
    const stop = onRegrouped((fromId, toId) => regrouped.push([fromId, toId]));
    const errors = [ofProgram(failing(plain)), ofProgram(failing(minified))].map(describeError);
    const raw = errors.map((error) => fingerprintOf(error).groupId);
    expect(errors.map(({ frames }) => frames?.isWaiting)).toEqual([true, true]);
    expect(raw[0]).not.toBe(raw[1]);
    await sourceMaps.idle();
    stop();
    const [one, other] = errors.map((error) => fingerprintOf(error));
    expect(one).toEqual(other);
    expect(one?.culprit).toBe('checkTile (src/tiles.ts)');
    // where names stay, a build is grouped as its source is even without the map
    expect(raw[0]).toBe(one?.groupId);
    expect(regrouped).toEqual([
      [raw[0], raw[0]],
      [raw[1], one?.groupId],
    ]);
    const source = join(folder, 'src/tiles.ts');
    for (const { frames } of errors) {
      expect(frames?.isWaiting).toBe(false);
      expect(frames?.text.split('\n')[1]).toMatch(new RegExp(`^    at checkTile \\(${source}:2:\\d+\\)$`));
      expect(frames?.text.split('\n')[2]).toMatch(
        new RegExp(`^    at (?:Module\\.)?drawTiles \\(${source}:7:\\d+\\)$`),
      );
    }
  });

  it('stay as they are where V8 maps them itself', () => {
    process.setSourceMapsEnabled(true);
    expect(knownFrames(`\n    at e (${minified}:1:44)\n    at v8 (/app/src/v8.js:1:1)`).isWaiting).toBe(false);
    process.setSourceMapsEnabled(false);
  });

  it('stay as they are when it is turned off', async () => {
    runtimeState.errors.sourceMaps = false;
    const frames = knownFrames(`\n    at e (${minified}:1:44)\n    at off (/app/src/off.js:1:1)`);
    expect(frames.isWaiting).toBe(false);
    await sourceMaps.idle();
    expect(frames.text).toContain(minified);
  });

  it('stay as they are without a map', async () => {
    const frames = knownFrames(`\n    at e (${folder}/missing.js:1:44)`);
    const { text, signature } = frames;
    await sourceMaps.idle();
    expect(frames).toMatchObject({ text, signature, isWaiting: false });
  });
});

describe('the maps of a process', () => {
  const mapOf = (size: number) => ({ size }) as SourceMap;
  const MEGABYTE = 1024 * 1024;

  it('are read one after another, each once', async () => {
    let reading = 0;
    let most = 0;
    const read: string[] = [];
    const maps = new SourceMaps(async (file) => {
      read.push(file);
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading -= 1;
      return mapOf(1);
    });
    for (const file of ['a', 'b', 'a']) expect(maps.of(file)).toBe('loading');
    await maps.idle();
    expect(maps.of('a')).toEqual({ size: 1 });
    expect({ read, most }).toEqual({ read: ['a', 'b'], most: 1 });
  });

  it('leave when they are too many or too large, the one asked for longest ago first, and are read again', async () => {
    const read: string[] = [];
    const maps = new SourceMaps(async (file) => {
      read.push(file);
      return mapOf(10 * MEGABYTE);
    });
    for (const file of ['a', 'b', 'c']) maps.of(file);
    await maps.idle();
    maps.of('a');
    maps.of('d');
    await maps.idle();
    expect(['a', 'c', 'd'].map((file) => typeof maps.of(file))).toEqual(['object', 'object', 'object']);
    expect(maps.of('b')).toBe('loading');
    await maps.idle();
    expect(read).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('are not looked for when too many files wait', async () => {
    let count = 0;
    const maps = new SourceMaps(async () => {
      count += 1;
      return undefined;
    });
    const states = Array.from({ length: 1000 }, (_, index) => maps.of(`file ${index}`));
    expect(states.filter((state) => state === 'loading')).toHaveLength(64);
    await maps.idle();
    expect(count).toBe(64);
    expect(maps.of('file 0')).toBe('none');
  });

  it('are none where reading fails, and whoever waits is told', async () => {
    const maps = new SourceMaps(async () => {
      throw new Error('torn');
    });
    let told = 0;
    maps.of('a');
    maps.whenRead('a', () => {
      told += 1;
    });
    await maps.idle();
    expect({ state: maps.of('a'), told }).toEqual({ state: 'none', told: 1 });
  });
});
