import { hostname } from 'node:os';
import type { Attributes } from '@opentelemetry/api';
import type { MonitoringConfig } from '@otel-monitor/config';
import { createRedactor } from '@otel-monitor/redaction';
import { processWide } from '@otel-monitor/runtime';
import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
  ATTR_SERVICE_VERSION,
  ATTR_TELEMETRY_DISTRO_NAME,
  ATTR_TELEMETRY_DISTRO_VERSION,
} from '@otel-monitor/semconv';
import { randomUuid } from './random-uuid.js';

/** `telemetry.distro.name` and `.version`. */
const DISTRO_NAME = 'otel-monitor';
const DISTRO_VERSION = '0.1.0';

/** One for the life of the process (semantic conventions, Service, "service.instance.id"). */
const instanceId: string = processWide('service-instance-id', randomUuid);

/**
 * Who the signals come from (semantic conventions, Resource), redacted. The command line is not among it: it may hold
 * secrets, and so may what the environment gives (`OTEL_RESOURCE_ATTRIBUTES`).
 */
export function resourceAttributes({ service, environment, redaction, ...config }: MonitoringConfig): Attributes {
  const redactor = createRedactor(redaction);
  const attributes: Attributes = {
    'host.name': hostname(),
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
  };
  for (const [key, value] of Object.entries(config.resourceAttributes)) {
    attributes[redactor.redactText(key)] = redactor.redactValue(key, value);
  }
  const named = {
    [ATTR_SERVICE_NAME]: service.name,
    [ATTR_SERVICE_INSTANCE_ID]: service.instanceId ?? instanceId,
    [ATTR_TELEMETRY_DISTRO_NAME]: DISTRO_NAME,
    [ATTR_TELEMETRY_DISTRO_VERSION]: DISTRO_VERSION,
    [ATTR_SERVICE_VERSION]: service.version,
    [ATTR_SERVICE_NAMESPACE]: service.namespace,
    [ATTR_DEPLOYMENT_ENVIRONMENT_NAME]: environment,
  };
  for (const [key, value] of Object.entries(named)) {
    if (value !== undefined) attributes[key] = redactor.redactText(value);
  }
  return attributes;
}
