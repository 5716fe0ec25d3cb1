import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment of a program that is to find nothing of what was kept before. */
export function ownState(): { XDG_STATE_HOME: string } {
  return { XDG_STATE_HOME: mkdtempSync(join(process.env.XDG_STATE_HOME ?? tmpdir(), 'state-')) };
}
