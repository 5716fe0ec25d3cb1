import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { listenOptions, runService, start } from '../service/run-service.js';
import { catalogueApp } from './app.js';
import { Catalogue } from './catalogue.js';
import { addHealthChecks } from './health-checks.js';

const dataFolder = fileURLToPath(new URL('../../data', import.meta.url));

start(async () => {
  // with `--import @otel-monitor/node/register` it runs already, and this gives it
  const monitoring = await startMonitoring();
  const monitor = createMonitor({ name: 'sizewise-catalogue', version: '2.1.0' });
  const catalogue = new Catalogue(monitor, process.env.CATALOGUE_FOLDER ?? dataFolder);
  addHealthChecks(monitor, catalogue.folder);
  const { port, host } = listenOptions();
  const server = serve({ fetch: catalogueApp(catalogue, monitor).fetch, port, hostname: host }) as Server;
  await once(server, 'listening');
  runService(server, monitoring);
});
