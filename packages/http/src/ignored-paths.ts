import { runtimeState } from '@otel-monitor/runtime';
import { pathOf } from './server/request-target.js';

let source: readonly string[] | undefined;
let exact = new Set<string>();
let beginnings: string[] = [];

/** Whether requests for this target are left out of spans and metrics (`runtimeState.http.ignoredPaths`). */
export function isIgnored(target: string): boolean {
  const { ignoredPaths } = runtimeState.http;
  if (ignoredPaths !== source) read(ignoredPaths);
  const path = pathOf(target);
  if (exact.has(path)) return true;
  for (const beginning of beginnings) if (path.startsWith(beginning)) return true;
  return false;
}

function read(ignoredPaths: readonly string[]): void {
  source = ignoredPaths;
  exact = new Set(ignoredPaths.filter((path) => !path.endsWith('*')));
  beginnings = ignoredPaths.filter((path) => path.endsWith('*')).map((path) => path.slice(0, -1));
}
