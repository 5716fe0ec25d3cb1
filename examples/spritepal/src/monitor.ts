import { createMonitor, type Monitor } from '@otel-monitor/monitor';

/** The application's own monitor: made when the program is loaded, long before monitoring starts. */
export const monitor: Monitor = createMonitor({ name: 'spritepal', version: '1.4.0' });
