/** Says which slot of the service it holds, and holds it until its input ends. */
import { setTimeout as after } from 'node:timers/promises';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({ service: { name: 'ending' }, server: false, host: { enabled: false } });
while (monitoring.status().state.slot === undefined) await after(5);
console.log(monitoring.status().state.slot);
for await (const _ of process.stdin);
process.exit();
