import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Monitor } from '@otel-monitor/monitor';
import { SECTIONS } from './catalogue.js';

/** The catalogue needs its files, and nothing else. */
export function addHealthChecks(monitor: Monitor, folder: string): void {
  for (const section of SECTIONS) {
    monitor.health.addCheck({
      name: `${section}_file`,
      check: () => access(join(folder, `${section}.json`), constants.R_OK),
      intervalSeconds: 5,
      critical: true,
      recovery: `Put ${section}.json back, or name its folder in CATALOGUE_FOLDER`,
    });
  }
}
