import { createMonitor } from '@otel-monitor/monitor';

export const monitor = createMonitor({ name: 'usage-example', version: '1.0.0' });
