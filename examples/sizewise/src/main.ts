#!/usr/bin/env node
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Args, HELP, parseCommandLine, UsageError } from './launcher/args.js';
import { Cleanup } from './launcher/cleanup.js';
import { onInterruption } from './launcher/interruption.js';
import { runExample } from './launcher/run-example.js';

const BAD_USAGE = 64;

async function main(): Promise<number> {
  const args = readArgs();
  if (typeof args === 'number') return args;
  if (args.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const cleanup = new Cleanup();
  const interruption = onInterruption((code) => {
    cleanup.killAll();
    process.exit(code);
  });
  process.once('exit', () => cleanup.killAll());
  try {
    const folder = await outputFolder(args.out, cleanup);
    const isDone = await runExample(args, folder, cleanup, interruption.signal);
    return interruption.exitCode() ?? (isDone ? 0 : 1);
  } catch (error) {
    const code = interruption.exitCode();
    if (code !== undefined) return code;
    console.error(`sizewise: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await cleanup.run();
  }
}

function readArgs(): Args | number {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`sizewise: ${error.message} (--help tells the options)`);
    return BAD_USAGE;
  }
}

async function outputFolder(given: string | undefined, cleanup: Cleanup): Promise<string> {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return resolve(given);
  }
  const made = await mkdtemp(join(tmpdir(), 'otel-monitor-sizewise-'));
  cleanup.add({ end: () => rm(made, { recursive: true, force: true }) });
  return made;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
