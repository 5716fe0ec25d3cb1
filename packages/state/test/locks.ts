import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes all locks of the service those of processes that have ended. */
export function freeAll(directory: string): void {
  for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (/lock\.\d+$/.test(path)) writeFileSync(join(directory, path), 'free\n');
  }
}
