/** Starts with a configuration that cannot be used, and leaves the rejection to Node. */
import { startMonitoring } from '@otel-monitor/node';

await startMonitoring({ server: { port: -1 } });
