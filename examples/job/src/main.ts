/**
 * A nightly import, as cron starts it. With OTEL_EXPORTER_OTLP_ENDPOINT it sends what it recorded to a Collector when it ends;
 * with PUSHGATEWAY_URL it puts its metrics there.
 */
import { startMonitoring } from '@otel-monitor/node';
import { importOrders, lines } from './import-orders.js';
import { pushPage } from './push-page.js';

const gateway = process.env.PUSHGATEWAY_URL;
const monitoring = await startMonitoring({
  service: { name: 'nightly_import', version: '1.0.0' },
  // nobody asks a program that is over in a moment: a page is needed only to be pushed
  server: gateway === undefined ? false : { port: 0 },
});
const { monitor } = monitoring;

/** When the last run ended well, in seconds since 1970: what an alert on a job that did not run looks at. */
let succeeded: number | undefined;
monitor.addCollector('nightly_import', () =>
  succeeded === undefined ? {} : { last_success_timestamp_seconds: succeeded },
);

try {
  const good = await monitor.operation('nightly_import', async () => importOrders(monitor));
  succeeded = Date.now() / 1_000;
  console.log(`${good} of ${lines.length} orders imported`);
} finally {
  if (gateway !== undefined && monitoring.url !== undefined)
    await pushPage({ monitor: monitoring.url, gateway, job: 'nightly_import' });
}
// nothing else: what waits is sent when the process ends, however it ends
