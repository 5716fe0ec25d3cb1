#!/usr/bin/env node
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Monitoring, startMonitoring } from '@otel-monitor/node';
import { type Args, HELP, parseCommandLine, UsageError } from './args.js';
import { HEARTBEAT_SECONDS } from './health-checks.js';
import { type Interruption, onInterruption } from './interruption.js';
import { showLive } from './live-display.js';
import { liveFigures } from './live-figures.js';
import { formatLiveLine } from './live-line.js';
import { loadRom, RomFileError, type RomType } from './load-rom.js';
import { makeFolder } from './make-folder.js';
import { makeRom, writeWhole } from './make-rom.js';
import { monitor } from './monitor.js';
import { defaultOutputFolder } from './output-folder.js';
import { runPipeline } from './pipeline.js';
import { untilAborted } from './until-aborted.js';

const BAD_USAGE = 64;
const NO_INPUT = 66;
const CANNOT_CREATE = 73;

/** Something that ends the program before its work begins: one line for a person, and an exit code. */
class StartError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

async function main(): Promise<void> {
  const args = readArgs();
  if (args.help) {
    process.stdout.write(HELP);
    return;
  }
  const interruption = onInterruption();
  const output = await prepareOutput(args.out ?? defaultOutputFolder());
  if (args.rom !== undefined) await probe(args.rom);
  const monitoring = await startMonitoring({
    service: { name: 'spritepal', version: '1.4.0' },
    ...(args.port === undefined ? {} : { server: { port: args.port } }),
  }).catch((error: unknown) => {
    throw error instanceof ConfigError ? new StartError(error.message, BAD_USAGE) : error;
  });
  try {
    await work(args, output, monitoring, interruption);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
  } finally {
    await monitoring.shutdown({ timeoutMillis: Math.max(100, interruption.remainingMillis() - 300) });
  }
  const code = interruption.exitCode();
  if (code !== undefined) process.exit(code);
}

async function work(args: Args, output: string, monitoring: Monitoring, interruption: Interruption): Promise<void> {
  const { signal } = interruption;
  announce(monitoring, output);
  const romPath = args.rom ?? (await drawRom(output, signal));
  const rom = await probe(romPath);
  const count = `${rom.sheets.length} sheet${rom.sheets.length === 1 ? '' : 's'}`;
  console.log(`  rom       ${rom.name}, ${rom.bytes.length} bytes, ${count} (${explain(rom.type)})\n`);
  const stopLive = showLive(process.stdout, (columns) =>
    formatLiveLine(liveFigures(monitoring.snapshot(), process.uptime()), columns),
  );
  try {
    await runPipeline({ monitor, romPath, romType: rom.type, output, batches: args.batches, signal });
    // Idle is alive: the pipeline's sign of life goes on.
    const beat = () => monitor.health.heartbeat('pipeline');
    if (args.stay) await untilAborted(signal, (HEARTBEAT_SECONDS * 1000) / 2, beat);
  } finally {
    stopLive();
  }
}

function readArgs(): Args {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) throw new StartError(`${error.message} (--help tells the options)`, BAD_USAGE);
    throw error;
  }
}

async function prepareOutput(output: string): Promise<string> {
  try {
    await makeFolder(output);
    await access(output, constants.W_OK);
    return output;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new StartError(`cannot write into ${output}: ${code}; --out DIR takes another folder`, CANNOT_CREATE);
  }
}

async function probe(path: string) {
  try {
    return await loadRom(path);
  } catch (error) {
    if (error instanceof RomFileError) throw new StartError(error.message, NO_INPUT);
    throw error;
  }
}

/** Draws the ROM image anew each time: the same bytes, and no file of an older version is ever used. */
async function drawRom(output: string, signal: AbortSignal): Promise<string> {
  const path = join(output, 'spritepal.sfc');
  await monitor.operation('rom_making', async (operation) => {
    const rom = await makeRom({ signal });
    await writeWhole(path, rom);
    operation.detail('bytes', rom.length);
  });
  return path;
}

function announce(monitoring: Monitoring, output: string): void {
  const { url } = monitoring;
  console.log('SpritePal 1.4.0, monitored. Ctrl-C ends it.');
  console.log(`  metrics   ${url === undefined ? 'not served' : `${url}/metrics`}`);
  console.log(`  health    ${url === undefined ? 'not served' : `${url}/health`}`);
  console.log(`  pictures  ${join(output, 'gallery.png')} and the folders beside it`);
}

function explain(type: RomType): string {
  return type === 'sfc' ? 'as its directory says' : 'no directory: every 32 KiB is a sheet, in greys';
}

main().catch((error: unknown) => {
  const known = error instanceof StartError;
  console.error(`spritepal: ${known ? error.message : error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = known ? error.exitCode : 1;
});
