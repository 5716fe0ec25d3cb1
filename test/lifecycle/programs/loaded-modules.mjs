/** Says whether what only workers need was loaded. Without a server: Node loads it itself for every one that listens. */
import { setTimeout as delay } from 'node:timers/promises';
import { startMonitoring } from '@otel-monitor/node';

const { snapshot } = await startMonitoring({ server: false });
await delay(400);
const isObserved = snapshot().resources.process !== undefined;
process.stdout.write(JSON.stringify({ isObserved, cluster: process.moduleLoadList.includes('NativeModule cluster') }));
