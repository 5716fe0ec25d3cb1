/** captureError in operations of the monitor, started as a service starts it. */
import { trace } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { processWide } from '@otel-monitor/runtime';

export async function setUp({ sink }) {
  await startMonitoring({ service: { name: 'benchmark' }, otlp: { endpoint: sink }, server: { port: 0 } });
  const monitor = createMonitor({ name: 'benchmark' });
  const groups = processWide('error-groups', () => {
    throw new Error('no error groups in this process');
  });
  let recorded = 0;
  return {
    /** By hand every error is written: what is held back because too many are written goes into the rows of storms. */
    freeRecords: () => {
      groups.records.clear();
      for (const group of groups.all) group.recordsFrom = 0;
    },
    startSpan: () => monitor.startOperation('sprite_extraction'),
    record: (operation, error) => monitor.captureError(error, { operation }),
    endSpan: (operation) => {
      recorded += trace.getSpan(operation.context)?.events.length ?? 0;
      operation.end();
    },
    flush: () => trace.getTracerProvider().getDelegate().forceFlush(),
    recorded: () => recorded,
    counted: () => monitor.errors.summary().errors,
  };
}
