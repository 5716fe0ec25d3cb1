#!/usr/bin/env node
import { setTimeout as delay } from 'node:timers/promises';
import { startMonitoring } from '@otel-monitor/node';
import { flagClient } from './flags.js';
import { monitor } from './monitor.js';
import { featureLines, flagLines, funnelLines } from './usage-lines.js';
import { ABANDON_AFTER_SECONDS, visit } from './visit.js';
import { VISITORS } from './visitors.js';

async function main(): Promise<void> {
  const monitoring = await startMonitoring({
    service: { name: 'pictures', version: '2.0.0' },
    server: false,
    // each run of the example begins with nothing; a service keeps what it has counted
    state: { enabled: false },
  });
  const flags = await flagClient();
  await Promise.all(VISITORS.map((visitor) => visit(visitor, flags)));
  await delay(ABANDON_AFTER_SECONDS * 1000 + 50);
  const { daily } = monitor.usage.activeUsers();
  console.log(`${daily.users} active users today\n${featureLines(monitor.usage.features()).join('\n')}\n`);
  for (const funnel of monitor.usage.workflows()) console.log(`${funnelLines(funnel).join('\n')}\n`);
  for (const flag of monitor.usage.flags()) console.log(`${flagLines(flag).join('\n')}\n`);
  await monitoring.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
