import { metricStore } from '@otel-monitor/bound-metrics';
import type { MonitoringConfig } from '@otel-monitor/config';
import { createRedactor } from '@otel-monitor/redaction';
import { cleanText, runtimeState } from '@otel-monitor/runtime';
import type { Pipelines } from './pipelines.js';
import { registeredSignals } from './registered-signals.js';

/** Puts the configuration in force for every monitor of the process, those that were made before included. */
export function applySettings(config: MonitoringConfig, pipelines: Pipelines): void {
  runtimeState.enabled = config.enabled;
  runtimeState.redactor = createRedactor(config.redaction);
  runtimeState.attributeValueLength = config.limits.attributeValueLength;
  runtimeState.attributeCount = config.limits.attributeCount;
  runtimeState.exceptionSignal = config.exceptionSignal;
  runtimeState.measureMemory = config.measureMemory;
  runtimeState.release = config.service.version === undefined ? undefined : cleanText(config.service.version);
  applyErrors(config);
  runtimeState.usage.enabled = config.usage.enabled;
  runtimeState.usage.retentionDays = config.usage.retentionDays;
  runtimeState.allowUserId = config.redaction.allowUserId;
  runtimeState.userHashKey = config.redaction.userHashKey;
  runtimeState.instrumentations = config.enabled ? config.instrumentations : undefined;
  runtimeState.metrics = pipelines.metrics !== undefined ? 'own' : registeredSignals().metrics ? 'attached' : 'none';
  const { http } = config;
  runtimeState.http = {
    ignoredPaths: http.ignoredPaths,
    serverTiming: http.serverTiming,
    bodySizes: http.bodySizes,
    detailedLogging: http.enableDetailedLogging,
    maxRecordedRequests: http.maxRecordedRequests,
    knownMethods: new Set(http.knownMethods),
  };
  metricStore.exemplars = config.metrics.exemplarFilter !== 'always_off';
  metricStore.seriesPerMetric = config.limits.seriesPerMetric;
}

function applyErrors({ errorTracking, sampling, retention }: MonitoringConfig): void {
  const { errors } = runtimeState;
  errors.enabled = errorTracking.enabled;
  errors.sampleRate = sampling.errorSampleRate;
  errors.maxGroups = errorTracking.maxGroups;
  errors.samplesPerGroup = errorTracking.samplesPerGroup;
  errors.retentionHours = retention.errorHours;
  errors.breadcrumbs = errorTracking.breadcrumbs;
  errors.sourceMaps = errorTracking.sourceMaps;
  errors.fingerprint = errorTracking.fingerprint;
}
