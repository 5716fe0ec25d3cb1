import { instrumentationPackage } from '@otel-monitor/config';
import type { ApplicationModules } from './application-modules.js';
import { bullmqTelemetry } from './bullmq-telemetry.js';
import { honoRoutes } from './hono-routes.js';
import { type LibraryPatch, PATCHING_PACKAGE } from './library-patch.js';

/** Where the instrumentation of a library comes from. */
export interface KnownInstrumentation {
  /** The short name, as in the settings. */
  readonly name: string;
  /** What the application must have installed for it. */
  readonly package: string;
  /** What its constructor is given unless the settings say otherwise. */
  readonly options: object;
  /** Ours, in place of the class that the package would export. */
  readonly patch?: LibraryPatch;
}

const patches: Readonly<Record<string, LibraryPatch>> = { bullmq: bullmqTelemetry, hono: honoRoutes };

const options: Readonly<Record<string, object>> = {
  // without this it wants to be registered with each application, by code
  fastify: { registerOnInitialization: true },
};

/** The instrumentation of this name; one that is not known is looked for under OpenTelemetry's name for it. */
export function knownInstrumentation(name: string): KnownInstrumentation {
  const patch = patches[name];
  return { name, package: instrumentationPackage(name), options: options[name] ?? {}, ...(patch && { patch }) };
}

/** The first of the packages that it needs which is not there; undefined: it can be loaded. */
export function missingPackage({ package: name, patch }: KnownInstrumentation, modules: ApplicationModules) {
  if (patch !== undefined && !modules.hasLibrary(patch.library)) return patch.library;
  const packages = patch === undefined ? [name] : [name, PATCHING_PACKAGE];
  return packages.find((each) => modules.find(each) === undefined);
}
