import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Monitor } from '@otel-monitor/monitor';

/** The pipeline gives a sign of life with every batch; it is missed after this many seconds. */
export const HEARTBEAT_SECONDS = 30;

/** What the program needs: a ROM to read and, above all, a folder to write into. */
export function addHealthChecks(monitor: Monitor, romPath: string, output: string): void {
  monitor.health.addCheck({
    name: 'rom_file',
    check: () => access(romPath, constants.R_OK),
    intervalSeconds: 15,
    timeoutSeconds: 2,
    recovery: 'Give a file that can be read with --rom FILE',
  });
  monitor.health.addCheck({
    name: 'output_folder',
    check: () => access(output, constants.W_OK),
    intervalSeconds: 15,
    timeoutSeconds: 2,
    critical: true,
    recovery: 'Give a folder that can be written into with --out DIR',
  });
}
