import type { Monitor } from '@otel-monitor/monitor';
import { checkService } from '../service/check-service.js';

/** A calculator can do nothing without the catalogue, and without the sizing service still two of its three calculations. */
export function addHealthChecks(monitor: Monitor, catalogueUrl: string, ductSizingUrl: string | undefined): void {
  monitor.health.addCheck({
    name: 'catalogue',
    check: ({ signal }) => checkService(catalogueUrl, signal),
    intervalSeconds: 5,
    timeoutSeconds: 2,
    critical: true,
    recovery: 'Start the catalogue, or name it in CATALOGUE_URL',
  });
  monitor.health.addCheck({
    name: 'duct_sizing',
    check: ({ signal }) =>
      ductSizingUrl === undefined
        ? { state: 'degraded', message: 'it does not run here: no duct can be designed' }
        : checkService(ductSizingUrl, signal),
    intervalSeconds: 5,
    timeoutSeconds: 2,
    recovery: 'Start the duct-sizing service, or name it in DUCT_SIZING_URL',
  });
}
