import type { Monitor } from '@otel-monitor/monitor';
import { runBatch, type Workbench } from './batch.js';
import { addHealthChecks, HEARTBEAT_SECONDS } from './health-checks.js';
import type { RomType } from './load-rom.js';
import { cpuMillis, pause, pauseAfter } from './pacing.js';
import { Thumbnails } from './thumbnails.js';
import { sheetToPng } from './write-png.js';

/** What a run of the pipeline works on. */
export interface PipelineOptions {
  readonly monitor: Monitor;
  readonly romPath: string;
  readonly romType: RomType;
  /** The folder that pictures are written into; it must exist. */
  readonly output: string;
  /** Ends the run after this many batches; without end when left out. */
  readonly batches?: number;
  /** Ends the run after the sheet that is in work. */
  readonly signal: AbortSignal;
  /** Milliseconds to pause after a batch that took that much CPU time; at most a fifth of a core when left out. */
  readonly pauseAfter?: (cpuMillis: number) => number;
}

/** What a run of the pipeline has done. */
export interface PipelineTotals {
  batches: number;
  sheets: number;
  failures: number;
}

/** Imports the sheets of a ROM, batch after batch and round after round. What fails is recorded; the run goes on. */
export async function runPipeline(options: PipelineOptions): Promise<PipelineTotals> {
  const { monitor, romPath, romType, output, signal, batches = Number.POSITIVE_INFINITY } = options;
  const thumbnails = new Thumbnails(monitor, romType);
  const encodePng = monitor.instrument('png_encoding', sheetToPng);
  const bench: Workbench = { monitor, romPath, romType, output, thumbnails, encodePng, signal, queue: [], recent: [] };
  const totals: PipelineTotals = { batches: 0, sheets: 0, failures: 0 };
  addHealthChecks(monitor, romPath, output);
  monitor.addCollector('queue', () => ({ queue_depth: bench.queue.length }));
  while (!signal.aborted && totals.batches < batches) {
    monitor.health.heartbeat('pipeline', { everySeconds: HEARTBEAT_SECONDS });
    const before = cpuMillis();
    await monitoredBatch(bench, totals);
    if (totals.batches < batches) await pause((options.pauseAfter ?? pauseAfter)(cpuMillis() - before), signal);
  }
  return totals;
}

async function monitoredBatch(bench: Workbench, totals: PipelineTotals): Promise<void> {
  const { monitor, romType } = bench;
  const start = performance.now();
  const number = totals.batches;
  let failures: readonly unknown[];
  try {
    const options = { dimensions: { rom_type: romType }, details: { batch: number } };
    const result = await monitor.operation('batch_extraction', options, (operation) =>
      runBatch(bench, number, operation),
    );
    totals.sheets += result.sheets;
    failures = result.failures;
  } catch (error) {
    // Recorded by the operation it came out of. A file may come back, a disk may be emptied: try again after the pause.
    failures = [error];
  }
  totals.batches += 1;
  totals.failures += failures.length;
  monitor.trackFeature('batch_extraction', bench.signal.aborted ? 'cancelled' : 'completed', {
    success: failures.length === 0,
    error: failures[0],
    durationSeconds: (performance.now() - start) / 1000,
  });
}
