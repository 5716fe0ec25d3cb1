import { runtimeState } from '@otel-monitor/runtime';

let source: readonly string[] | undefined;
let exact = new Set<string>();
let beginnings: string[] = [];

/** Whether requests for this target are left out of spans and metrics (`runtimeState.http.ignoredPaths`). */
export function isIgnored(target: string): boolean {
  const { ignoredPaths } = runtimeState.http;
  if (ignoredPaths !== source) read(ignoredPaths);
  const query = target.indexOf('?');
  const path = query < 0 ? target : target.slice(0, query);
  if (exact.has(path)) return true;
  for (const beginning of beginnings) if (path.startsWith(beginning)) return true;
  return false;
}

function read(ignoredPaths: readonly string[]): void {
  source = ignoredPaths;
  exact = new Set(ignoredPaths.filter((path) => !path.endsWith('*')));
  beginnings = ignoredPaths.filter((path) => path.endsWith('*')).map((path) => path.slice(0, -1));
}
