/** Monitoring as a program starts it that has the middleware and leaves everything else of HTTP alone. */
import { startMonitoring } from '@otel-monitor/node';

await startMonitoring({ http: { enabled: false } });
