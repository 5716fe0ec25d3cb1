import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

const KEY = 'otel-monitor.entry';

/**
 * The program's main file; undefined under `node -e`. A worker thread does not know it while modules are loaded ahead of
 * its own, and is told by the thread that made it.
 */
export function applicationEntry(): string | undefined {
  if (!isMainThread) return textOf(getEnvironmentData(KEY));
  const [, entry] = process.argv;
  if (entry !== undefined) setEnvironmentData(KEY, entry);
  return entry;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
