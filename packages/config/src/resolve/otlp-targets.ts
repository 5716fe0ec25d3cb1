import type { Findings } from '../findings.js';
import type { MonitoringConfig, OtlpSignal, OtlpTarget } from '../monitoring-config.js';
import type { MergedSettings, SaidTarget } from './merged-settings.js';

/**
 * Where each signal goes, by the OTLP exporter specification: what is said for one signal wins over what is said for
 * all; the common endpoint gets the signal's path, the one of a signal is used as it is.
 */
export function resolveTargets(
  settings: MergedSettings,
  sources: Readonly<Record<string, string>>,
  findings: Findings,
): MonitoringConfig['otlp'] {
  const target = (signal: OtlpSignal) => {
    const asked = sources[`otlp.${signal}.enabled`]?.startsWith('environment') === true;
    return resolveTarget(signal, settings.otlp, asked, findings);
  };
  const metrics = settings.metrics.enabled ? target('metrics') : undefined;
  return {
    traces: target('traces'),
    metrics: metrics && { ...metrics, temporalityPreference: settings.otlp.metrics.temporalityPreference },
    logs: target('logs'),
  };
}

function resolveTarget(
  signal: OtlpSignal,
  otlp: MergedSettings['otlp'],
  asked: boolean,
  findings: Findings,
): OtlpTarget | undefined {
  const own: SaidTarget = otlp[signal];
  if (!otlp.enabled || !own.enabled) return undefined;
  const endpoint = own.endpoint === undefined ? withPath(otlp.endpoint, `/v1/${signal}`) : new URL(own.endpoint);
  if (endpoint === undefined) {
    if (asked) {
      findings.warn(
        `OTEL_${signal.toUpperCase()}_EXPORTER asks for otlp but no endpoint is set, so no ${signal} are pushed: set OTEL_EXPORTER_OTLP_ENDPOINT, as in http://localhost:4318`,
      );
    }
    return undefined;
  }
  if (endpoint.port === '4317') {
    findings.warn('the OTLP endpoint has port 4317, which is usually gRPC; OTLP over HTTP is usually on port 4318');
  }
  const protocol = own.protocol ?? otlp.protocol ?? 'http/json';
  return {
    endpoint: endpoint.href,
    headers: own.headers ?? otlp.headers ?? {},
    timeoutMillis: own.timeoutMillis ?? otlp.timeoutMillis ?? 10_000,
    compression: own.compression ?? otlp.compression ?? 'none',
    protocol,
  };
}

function withPath(base: string | undefined, path: string): URL | undefined {
  if (base === undefined) return undefined;
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/$/, '') + path;
  return url;
}
