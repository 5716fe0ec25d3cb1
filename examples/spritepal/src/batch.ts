import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Monitor, Operation } from '@otel-monitor/monitor';
import { type ExtractedSheet, extractSheet } from './extract-sheet.js';
import { GALLERY_SIZE, makeGallery } from './gallery.js';
import { loadRom, type Rom, type RomType } from './load-rom.js';
import { batchFolder, sheetFile } from './output-folder.js';
import type { SheetEntry } from './rom-header.js';
import type { Thumbnails } from './thumbnails.js';
import { thumbnailToPng, writePng } from './write-png.js';

/** Sheets that are extracted and written together. */
export const BATCH_SHEETS = 8;

/** What batches share. */
export interface Workbench {
  readonly monitor: Monitor;
  readonly romPath: string;
  readonly romType: RomType;
  /** The folder that pictures are written into. */
  readonly output: string;
  readonly thumbnails: Thumbnails;
  readonly encodePng: (sheet: ExtractedSheet) => Uint8Array;
  readonly signal: AbortSignal;
  /** Sheets of this round through the ROM that wait for a batch. */
  readonly queue: SheetEntry[];
  /** The sheets extracted last, newest first: the gallery shows them. */
  readonly recent: ExtractedSheet[];
}

/** What came out of a batch. */
export interface BatchResult {
  /** Sheets written. */
  readonly sheets: number;
  /** What went wrong with those that could not be extracted or written. */
  readonly failures: readonly unknown[];
}

/**
 * Loads the ROM, extracts and writes the next eight sheets, then the gallery. A sheet that fails is recorded and left
 * out; the others go on.
 *
 * @throws what loading the ROM or making the folder fails with
 */
export async function runBatch(bench: Workbench, number: number, operation: Operation): Promise<BatchResult> {
  const workflow = bench.monitor.startWorkflow('import');
  try {
    const result = await importSheets(bench, number, operation, workflow);
    workflow.complete();
    return result;
  } catch (error) {
    workflow.fail(error);
    throw error;
  }
}

async function importSheets(
  bench: Workbench,
  number: number,
  operation: Operation,
  workflow: ReturnType<Monitor['startWorkflow']>,
): Promise<BatchResult> {
  workflow.step('load');
  const rom = await loadMonitored(bench);
  if (bench.queue.length === 0) bench.queue.push(...rom.sheets);
  const entries = bench.queue.splice(0, BATCH_SHEETS);
  const folder = await batchFolder(bench.output, number);
  operation.detail('folder', folder).detail('entries', entries.length);

  let sheets = 0;
  const failures: unknown[] = [];
  workflow.step('extract');
  for (const [place, entry] of entries.entries()) {
    if (bench.signal.aborted) break;
    try {
      await extractAndWrite(bench, rom, entry, join(folder, sheetFile(place)));
      sheets += 1;
    } catch (error) {
      // The operation that failed has recorded the error already: the same object counts once and keeps its id.
      bench.monitor.captureError(error, { severity: 'error', details: { sheet: entry.name } });
      failures.push(error);
    }
    // Others get their turn between two sheets: a scrape, a signal.
    await setImmediate();
  }
  workflow.step('gallery');
  await writeGallery(bench);
  operation.detail('sheets', sheets).detail('failures', failures.length);
  return { sheets, failures };
}

async function loadMonitored(bench: Workbench): Promise<Rom> {
  const options = { dimensions: { rom_type: bench.romType }, details: { rom: basename(bench.romPath) } };
  return bench.monitor.operation('rom_loading', options, async (operation) => {
    const rom = await loadRom(bench.romPath);
    operation.detail('bytes', rom.bytes.length).detail('sheets', rom.sheets.length);
    return rom;
  });
}

async function extractAndWrite(bench: Workbench, rom: Rom, entry: SheetEntry, file: string): Promise<void> {
  const { monitor } = bench;
  const dimensions = { rom_type: bench.romType };
  const details = { rom: rom.name, sheet: entry.name };
  const sheet = monitor.operation('sprite_extraction', { dimensions, details }, (operation) => {
    const extracted = extractSheet(rom, entry);
    operation.detail('sprites', extracted.sprites);
    return extracted;
  });
  if (sheet.missingBytes > 0) {
    // Not thrown: the sheet is usable, the file is a little too short.
    const message = `the last tile lacks ${sheet.missingBytes} bytes`;
    monitor.trackError('TruncatedTileError', message, 'sprite_extraction', { severity: 'warning' });
  }
  showInGallery(bench, sheet);
  await monitor.operation('png_writing', { dimensions, details: { sheet: entry.name, file } }, async (operation) => {
    operation.detail('bytes', await writePng(file, bench.encodePng(sheet)));
  });
}

/** Puts a sheet before the others; a small ROM's sheets come by again and again and are shown once. */
function showInGallery(bench: Workbench, sheet: ExtractedSheet): void {
  const others = bench.recent.filter((other) => other.name !== sheet.name);
  bench.recent.splice(0, bench.recent.length, sheet, ...others.slice(0, GALLERY_SIZE - 1));
}

/** An operation that is started and ended by hand, as code does that cannot put its work into one callback. */
async function writeGallery(bench: Workbench): Promise<void> {
  const operation = bench.monitor.startOperation('gallery_writing', { dimensions: { rom_type: bench.romType } });
  try {
    const thumbnails = operation.run(() => bench.recent.map((sheet) => bench.thumbnails.of(sheet)));
    const png = thumbnailToPng(makeGallery(thumbnails));
    operation.detail('bytes', await writePng(join(bench.output, 'gallery.png'), png));
    operation.end();
  } catch (error) {
    operation.fail(error);
    throw error;
  }
}
