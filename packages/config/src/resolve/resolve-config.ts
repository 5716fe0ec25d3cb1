import type { Findings } from '../findings.js';
import type { Merged } from '../layers/merge.js';
import type { MonitoringConfig } from '../monitoring-config.js';
import { boundedBatch, boundedBy } from './bounded-pairs.js';
import { resolveInstrumentations } from './instrumentations.js';
import type { MergedSettings } from './merged-settings.js';
import { resolveTargets } from './otlp-targets.js';
import { warnOfPendingFeatures } from './pending-features.js';
import { resolvePropagators } from './propagators.js';

/** The configuration out of the merged layers; warns of what is accepted and does not work as it was said. */
export function resolveConfig({ values, sources }: Merged, findings: Findings): MonitoringConfig {
  // every layer was checked against the schema, and the last one has all keys
  const settings = values as unknown as MergedSettings;
  warnOfPendingFeatures(settings, sources, findings);
  const { service, server, metrics } = settings;
  const interval = settings.metricExportIntervalMillis;
  return deepFreeze({
    enabled: settings.enabled,
    service: {
      name: service.name,
      version: service.version,
      namespace: service.namespace,
      instanceId: service.instanceId,
    },
    environment: settings.environment,
    resourceAttributes: asText(settings.resourceAttributes ?? {}),
    server: server.enabled && {
      host: server.host,
      port: server.port,
      auth: server.auth,
      tokens: { viewer: server.tokens?.viewer, operator: server.tokens?.operator, admin: server.tokens?.admin },
      allowedHosts: server.allowedHosts,
    },
    prometheus: { enabled: settings.prometheus.enabled && metrics.enabled },
    otlp: resolveTargets(settings, sources, findings),
    sampling: settings.sampling,
    limits: settings.limits,
    batch: {
      spans: boundedBatch(settings.batch.spans, 'batch.spans', sources, findings),
      logs: boundedBatch(settings.batch.logs, 'batch.logs', sources, findings),
    },
    metrics,
    metricExportIntervalMillis: interval,
    metricExportTimeoutMillis: boundedBy(
      settings.metricExportTimeoutMillis,
      interval,
      { value: 'metricExportTimeoutMillis', bound: 'metricExportIntervalMillis' },
      sources,
      findings,
    ),
    health: settings.health,
    host: { enabled: settings.host.enabled && metrics.enabled },
    http: settings.http,
    cluster: settings.cluster,
    cacheDurationSeconds: settings.cacheDurationSeconds,
    measureMemory: settings.measureMemory,
    propagators: resolvePropagators(settings.propagators, findings),
    logLevel: settings.logLevel,
    exceptionSignal: settings.exceptionSignal,
    captureUncaught: settings.captureUncaught,
    signals: settings.signals,
    shutdownTimeoutMillis: settings.shutdownTimeoutMillis,
    instrumentations: resolveInstrumentations(settings.instrumentations, findings),
    redaction: { ...settings.redaction, userHashKey: settings.redaction.userHashKey },
    errorTracking: { ...settings.errorTracking, fingerprint: settings.errorTracking.fingerprint },
    usage: settings.usage,
    state: { ...settings.state, directory: settings.state.directory },
    dashboard: settings.dashboard,
    retention: settings.retention,
    alerts: settings.alerts,
    export: settings.export,
    thresholds: settings.thresholds,
  });
}

function asText(attributes: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)]));
}

/** Freezes a tree that is our own; the defaults in it are shared, so freezing is also what keeps them. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
