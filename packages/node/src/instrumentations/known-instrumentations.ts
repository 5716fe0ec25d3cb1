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
  readonly options?: object;
  /** Ours, in place of the class that the package would export. */
  readonly patch?: LibraryPatch;
}

const official = (name: string): KnownInstrumentation => ({
  name,
  package: `@opentelemetry/instrumentation-${name}`,
});

const special: Readonly<Record<string, KnownInstrumentation>> = {
  // without this option it wants to be registered with each application, by code
  fastify: { name: 'fastify', package: '@fastify/otel', options: { registerOnInitialization: true } },
  // its makers' telemetry is an option of each queue and worker
  bullmq: { name: 'bullmq', package: 'bullmq-otel', patch: bullmqTelemetry },
  // its own telemetry is middleware, by code, that makes a second span of each request
  hono: { name: 'hono', package: PATCHING_PACKAGE, patch: honoRoutes },
};

/** Everything that the application must have installed for it. */
export function neededPackages({ package: name, patch }: KnownInstrumentation): readonly string[] {
  return patch === undefined ? [name] : [name, PATCHING_PACKAGE, patch.library];
}

/** The instrumentation of this name; one that is not known is looked for under OpenTelemetry's name for it. */
export function knownInstrumentation(name: string): KnownInstrumentation {
  return special[name] ?? official(name);
}
