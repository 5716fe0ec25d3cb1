import type { InstrumentationStatus } from '@otel-monitor/runtime';
import { liveDefinitionsOf, type ModuleDefinition } from './instrumentation.js';
import type { LoadedInstrumentation } from './load-instrumentation.js';

/** What an instrumentation has patched up to now. Total: its package may be of any version. */
export function instrumentationStatus(
  status: InstrumentationStatus,
  { instrumentation }: LoadedInstrumentation,
): InstrumentationStatus {
  try {
    const seen = liveDefinitionsOf(instrumentation).filter(({ moduleVersion }) => moduleVersion !== undefined);
    const patched = namesOf(seen.filter(isPatched));
    const unsupported = namesOf(seen).filter((name) => !patched.includes(name));
    return { ...status, patched, ...(unsupported.length > 0 && { unsupported }) };
  } catch {
    return status;
  }
}

/** A library that is loaded in a version out of range leaves its version and nothing else. */
function isPatched({ moduleExports, files = [] }: ModuleDefinition): boolean {
  return moduleExports !== undefined || files.some((file) => file.moduleExports !== undefined);
}

function namesOf(definitions: readonly ModuleDefinition[]): string[] {
  return [...new Set(definitions.map(({ name, moduleVersion }) => `${name} ${moduleVersion}`))];
}
