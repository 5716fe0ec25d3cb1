/** Dies of an error before anything else could happen, as a program does that is not configured. */
import { startMonitoring } from '@otel-monitor/node';

startMonitoring({ service: { name: 'failing' }, server: false, host: { enabled: false } });
throw new RangeError('nothing is as it should be');
