import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on which little fits, and the Collector to start in it. */
export interface SmallDisk {
  /** What the system says when it is full. */
  readonly fullMessage: string;
  readonly folder: string;
  /** In the place of OTELCOL. */
  readonly command: string;
  remove(): void;
}

/** A file system of its own where this user may mount one; else a Collector whose files must not be larger. */
export function smallDisk(megabytes: number, otelcol: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
  if (mounted) {
    return {
      fullMessage: 'no space left on device',
      folder,
      command: otelcol,
      remove: () => {
        spawnSync('umount', ['-l', folder]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  const command = join(folder, 'otelcol');
  writeFileSync(command, `#!/bin/bash\nulimit -f ${megabytes * 1024}\nexec '${otelcol}' "$@"\n`);
  chmodSync(command, 0o755);
  return {
    fullMessage: 'file too large',
    folder,
    command,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
