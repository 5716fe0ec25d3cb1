import { fileURLToPath } from 'node:url';
import { diag } from '@opentelemetry/api';
import { isInstrumentationOn, knownInstrumentations } from '@otel-monitor/config';
import {
  type InstrumentationSettings,
  type InstrumentationStatus,
  instrumentations,
  report,
  runtimeState,
} from '@otel-monitor/runtime';
import { applicationEntry } from './application-entry.js';
import { type ApplicationModules, applicationModules } from './application-modules.js';
import { instrumentationStatus } from './instrumentation-status.js';
import { type KnownInstrumentation, knownInstrumentation, missingPackage } from './known-instrumentations.js';
import { type LoadedInstrumentation, loadInstrumentation } from './load-instrumentation.js';
import { hookImports } from './module-hooks.js';

/** Ours, started with monitoring itself: a package for them is not looked for, and not used when it is there. */
const OWN = ['http', 'undici'];

/** Refusals in one line; the status has all. */
const MOST_TOLD = 10;

/**
 * Loads and enables the instrumentations that the application has installed and the settings leave on. Synchronous, so
 * that it is done before the application loads its libraries; once in a thread, whichever copy of this package comes
 * first. Never throws: what cannot be used is one line on stderr, and stands in the status.
 */
export function startInstrumentations(): void {
  const settings = runtimeState.instrumentations;
  if (instrumentations.started || settings === undefined) return;
  instrumentations.started = true;
  const modules = applicationModules(applicationEntry(), process.cwd(), fileURLToPath(import.meta.url));
  // whoever built the tracer provider chose what is instrumented: a second instrumentation would make each span twice
  if (runtimeState.spanSource === undefined) {
    instrumentations.read = () => leftToOthers(settings, modules);
    diag.debug(`instrumentations: none is loaded, ${BELONGS_TO_OTHERS}`);
    return;
  }
  const found = namesToLoad(settings).flatMap((name) => loadOne(name, settings, modules) ?? []);
  reportRefused(found);
  hookImports(found.flatMap(({ loaded }) => loaded ?? []));
  const disabled = knownInstrumentations.filter((name) => !isInstrumentationOn(settings, name));
  instrumentations.read = () => [
    ...found.map(({ status, loaded }) => (loaded === undefined ? status : instrumentationStatus(status, loaded))),
    ...disabled.map((name): InstrumentationStatus => ({ name, state: 'disabled' })),
  ];
  diag.debug(
    `instrumentations: ${found.map(({ status }) => `${status.package} ${status.state}`).join(', ') || 'none'}`,
  );
}

const BELONGS_TO_OTHERS = 'the spans of this process belong to another SDK, which brings its own';

/** What could be loaded and is not. */
function leftToOthers(settings: InstrumentationSettings, modules: ApplicationModules): InstrumentationStatus[] {
  return namesToLoad(settings).flatMap((name) => {
    const known = knownInstrumentation(name);
    if (!isThere(known, modules)) return [];
    return [{ name, state: 'refused', package: known.package, reason: BELONGS_TO_OTHERS }];
  });
}

function isThere(known: KnownInstrumentation, modules: ApplicationModules): boolean {
  try {
    return missingPackage(known, modules) === undefined;
  } catch {
    return true;
  }
}

/** The known ones, and those that the settings name beside them. */
function namesToLoad(settings: InstrumentationSettings): string[] {
  const names = new Set([...knownInstrumentations, ...(settings.enabled ?? [])]);
  return [...names].filter((name) => !OWN.includes(name) && isInstrumentationOn(settings, name));
}

interface Found {
  readonly status: InstrumentationStatus;
  readonly loaded: LoadedInstrumentation | undefined;
}

/** Undefined when it is not installed and nobody asked for it. */
function loadOne(name: string, settings: InstrumentationSettings, modules: ApplicationModules): Found | undefined {
  const known = knownInstrumentation(name);
  try {
    const missing = missingPackage(known, modules);
    if (missing !== undefined) {
      if (settings.enabled?.includes(name) !== true) return undefined;
      return refused(name, known.package, `${missing} is not installed`);
    }
    const loaded = loadInstrumentation(known, modules, settings.options[name] ?? {});
    return { status: { name, state: 'enabled', package: `${known.package} ${loaded.version}` }, loaded };
  } catch (error) {
    return refused(name, known.package, error instanceof Error ? error.message : String(error));
  }
}

function refused(name: string, packageName: string, why: string): Found {
  const reason = why.split('\n', 1)[0] ?? '';
  return { status: { name, state: 'refused', package: packageName, reason }, loaded: undefined };
}

/** One line for all of them: there may be as many as the settings name. */
function reportRefused(found: readonly Found[]): void {
  const refusals = found.flatMap(({ status }) =>
    status.state === 'refused' ? [`${status.name} is not instrumented by ${status.package}: ${status.reason}`] : [],
  );
  const more = refusals.length > MOST_TOLD ? ` (and ${refusals.length - MOST_TOLD} more)` : '';
  if (refusals.length > 0) report('instrumentations', `${refusals.slice(0, MOST_TOLD).join('; ')}${more}`);
}
