import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { listenOptions, runService, start } from '../service/run-service.js';
import { calculatorApp } from './app.js';
import { CatalogueClient } from './catalogue-client.js';
import { DuctSizingClient } from './duct-sizing-client.js';
import { addHealthChecks } from './health-checks.js';

start(async () => {
  const { CATALOGUE_URL, DUCT_SIZING_URL } = process.env;
  if (!CATALOGUE_URL) throw new Error('CATALOGUE_URL: found nothing, expected the address of the catalogue');
  const ductSizingUrl = DUCT_SIZING_URL || undefined;
  // with `--import @otel-monitor/node/register` it runs already, and this gives it
  const monitoring = await startMonitoring();
  const monitor = createMonitor({ name: 'sizewise-calculator', version: '3.0.0' });
  addHealthChecks(monitor, CATALOGUE_URL, ductSizingUrl);
  const catalogue = new CatalogueClient(CATALOGUE_URL);
  const app = calculatorApp({ monitor, catalogue, ductSizing: new DuctSizingClient(ductSizingUrl) });
  await app.listen(listenOptions());
  runService(app.server, monitoring);
});
