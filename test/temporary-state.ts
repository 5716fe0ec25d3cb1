import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What is kept of errors and usage belongs into the home of whoever runs a program, and not of whoever runs the tests: it has
 * a folder of its own that goes with them. Programs that the tests start inherit it.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-tests-'));
  process.env.XDG_STATE_HOME = folder;
  delete process.env.STATE_DIRECTORY;
  return () => rmSync(folder, { recursive: true, force: true });
}
