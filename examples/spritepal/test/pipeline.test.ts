import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMonitor } from '@otel-monitor/monitor';
import { recordTelemetry, type Telemetry, type TraceNode } from '@otel-monitor/testing';
import { decode } from 'fast-png';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RomType } from '../src/load-rom.js';
import { makeRom } from '../src/make-rom.js';
import { runPipeline } from '../src/pipeline.js';

let image: Uint8Array;
let folder: string;
let output: string;
let telemetry: Telemetry;

beforeAll(async () => {
  image = await makeRom();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spritepal-pipeline-'));
  output = join(folder, 'out');
  telemetry = recordTelemetry();
});
afterEach(async () => {
  telemetry.stop();
  await rm(folder, { recursive: true });
});

async function run(romPath: string, romType: RomType, batches: number, stop = new AbortController(), pause = () => 0) {
  const monitor = createMonitor({ name: 'spritepal', version: '1.4.0' });
  return runPipeline({ monitor, romPath, romType, output, batches, signal: stop.signal, pauseAfter: pause });
}

async function romFile(bytes: Uint8Array, name = 'spritepal.sfc'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Counts by operation, of the metric that users see. */
async function operationCounts(failed = false): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const point of await telemetry.metric('monitor.operation.duration')) {
    if ((point.attributes['error.type'] !== undefined) !== failed) continue;
    const name = String(point.attributes['monitor.operation.name']);
    counts[name] = (counts[name] ?? 0) + ('count' in point ? point.count : 0);
  }
  return counts;
}

async function values(metric: string, attribute: string): Promise<Record<string, number>> {
  const points = await telemetry.metric(metric);
  return Object.fromEntries(
    points.map((point) => [String(point.attributes[attribute]), 'value' in point ? point.value : point.count]),
  );
}

const names = (node: TraceNode): unknown => (node.children ? { [node.name]: node.children.map(names) } : node.name);

describe('the pipeline', () => {
  it('makes one trace of a batch: what is done for a sheet is below it, the damaged sheet has failed', async () => {
    expect(await run(await romFile(image), 'sfc', 1)).toEqual({ batches: 1, sheets: 7, failures: 1 });
    const traces = telemetry.traces();
    expect(traces).toHaveLength(1);
    const whole = ['sprite_extraction', { png_writing: ['png_encoding'] }];
    expect(names(traces[0]!)).toEqual({
      batch_extraction: [
        'rom_loading',
        ...[0, 1, 2].flatMap(() => whole),
        'sprite_extraction',
        ...[4, 5, 6, 7].flatMap(() => whole),
        { gallery_writing: Array(7).fill('thumbnail_generation') },
      ],
    });
    const failed = traces[0]!.children!.filter((node) => node.status === 'error');
    expect(failed.map((node) => node.attributes)).toEqual([
      expect.objectContaining({ 'error.type': 'ExtractionError', rom_type: 'sfc' }),
    ]);
    expect(failed[0]!.events).toHaveLength(1);
  });

  it('goes through a round of the whole ROM: four sheets fail, each counted once, all others are written', async () => {
    expect(await run(await romFile(image), 'sfc', 16)).toEqual({ batches: 16, sheets: 124, failures: 4 });
    expect(await operationCounts()).toEqual({
      batch_extraction: 16,
      rom_loading: 16,
      sprite_extraction: 124,
      png_writing: 124,
      png_encoding: 124,
      gallery_writing: 16,
      thumbnail_generation: 124,
    });
    expect(await operationCounts(true)).toEqual({ sprite_extraction: 4 });
    expect(await telemetry.metric('monitor.errors')).toEqual([
      {
        attributes: {
          'error.type': 'ExtractionError',
          'monitor.error.severity': 'error',
          'monitor.operation.name': 'sprite_extraction',
        },
        value: 4,
      },
    ]);
    const uses = await telemetry.metric('monitor.feature.uses', { 'monitor.feature.name': 'batch_extraction' });
    const common = { 'monitor.feature.name': 'batch_extraction', 'monitor.feature.action': 'completed' };
    expect(uses).toHaveLength(2);
    expect(uses).toContainEqual({ attributes: common, value: 12 });
    expect(uses).toContainEqual({ attributes: { ...common, 'error.type': 'ExtractionError' }, value: 4 });
    const requests = await values('monitor.cache.requests', 'monitor.cache.result');
    // The gallery shows the last 24 sheets: those of this batch are new, the others are kept ones.
    expect(requests).toEqual({ miss: 124, hit: 7 + 15 + 10 * 16 + 3 * 17 });
    expect(await values('monitor.workflow.steps', 'monitor.workflow.step')).toEqual({
      load: 16,
      extract: 16,
      gallery: 16,
    });
  });

  it('writes pictures that can be read, and no more of them than 16 folders hold', async () => {
    const bytes = new Uint8Array(150 * 32 * 1024).map((_, at) => at >> 5);
    await run(await romFile(bytes, 'game.bin'), 'raw', 40);
    const folders = (await readdir(output)).filter((name) => name.startsWith('batch-'));
    expect(folders).toHaveLength(16);
    for (const name of folders) expect(await readdir(join(output, name))).toHaveLength(8);
    const png = decode(await readFile(join(output, 'batch-07', 'sheet-3.png')));
    expect([png.width, png.height, png.depth]).toEqual([256, 256, 4]);
    expect(decode(await readFile(join(output, 'gallery.png'))).width).toBe(412);
  });

  it('goes on when the file is gone, and works again when it is back', async () => {
    const path = await romFile(image);
    let pauses = 0;
    const totals = await run(path, 'sfc', 3, undefined, () => {
      pauses += 1;
      return 0;
    });
    expect([totals.failures, pauses]).toEqual([1, 2]);
    telemetry.reset();
    await rm(path);
    expect(await run(path, 'sfc', 2)).toEqual({ batches: 2, sheets: 0, failures: 2 });
    expect(await operationCounts(true)).toEqual({ batch_extraction: 2, rom_loading: 2 });
    expect(await values('monitor.errors', 'error.type')).toEqual({ RomFileError: 2 });
    await writeFile(path, image);
    expect(await run(path, 'sfc', 1)).toEqual({ batches: 1, sheets: 7, failures: 1 });
  });

  it('tells of a tile that is cut off, and uses the sheet all the same', async () => {
    expect(await run(await romFile(new Uint8Array(100).fill(7), 'cut.bin'), 'raw', 2)).toMatchObject({ failures: 0 });
    expect(await telemetry.metric('monitor.errors')).toEqual([
      {
        attributes: {
          'error.type': 'TruncatedTileError',
          'monitor.error.severity': 'warning',
          'monitor.operation.name': 'sprite_extraction',
        },
        value: 2,
      },
    ]);
    expect(await operationCounts(true)).toEqual({});
  });

  it('fails a sheet whose picture cannot be written, and goes on with the others', async () => {
    const path = await romFile(image);
    await run(path, 'sfc', 1);
    await rm(join(output, 'batch-00', 'sheet-1.png'));
    await mkdir(join(output, 'batch-00', 'sheet-1.png')); // a folder stands where the file would go
    telemetry.reset();
    expect(await run(path, 'sfc', 1)).toEqual({ batches: 1, sheets: 6, failures: 2 });
    expect(await operationCounts(true)).toEqual({ sprite_extraction: 1, png_writing: 1 });
    expect(await values('monitor.errors', 'error.type')).toEqual({ ExtractionError: 1, EISDIR: 1 });
  });

  it('ends after the sheet in work when it is interrupted', async () => {
    const stop = new AbortController();
    const totals = await run(await romFile(image), 'sfc', 100, stop, () => {
      stop.abort();
      return 60_000;
    });
    expect(totals).toEqual({ batches: 1, sheets: 7, failures: 1 });
  });
});
