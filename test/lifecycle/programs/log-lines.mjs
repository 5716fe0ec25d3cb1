/** Logs by pino, winston and the console, in an operation and outside; prints last which operation it was. */
import { correlateConsole, correlateWinston, traceFields } from '@otel-monitor/log-correlation';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { pino } from 'pino';
import winston from 'winston';

const monitoring = await startMonitoring({ server: false });
const log = pino({ base: null, timestamp: false, mixin: traceFields }, pino.destination({ dest: 1, sync: true }));
const other = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] });
correlateWinston(other);
correlateConsole();
const writeAll = () => {
  log.info('pino');
  other.info('winston');
  console.info('console %d', 1);
};
const ids = createMonitor({ name: 'logs' }).operation('writing', ({ traceId, spanId }) => {
  writeAll();
  return { traceId, spanId };
});
writeAll();
console.log(JSON.stringify(ids));
await monitoring.shutdown();
