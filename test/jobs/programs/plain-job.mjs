/** Three operations of a program that starts no monitoring itself. */
import { createMonitor } from '@otel-monitor/monitor';

const monitor = createMonitor({ name: 'plain' });
for (let index = 0; index < 3; index += 1) monitor.operation('plain', () => {});
