/**
 * What a service writes into its log files: with pino, with winston and by its console, in operations whose spans go to the
 * Collector. LOGS is the folder; what the console says goes to stdout. Prints nothing else.
 */
import { correlateConsole, correlateWinston, traceFields } from '@otel-monitor/log-correlation';
import { startMonitoring } from '@otel-monitor/node';
import { pino } from 'pino';
import winston from 'winston';

const { LOGS, COLLECTOR } = process.env;
const { monitor, shutdown } = await startMonitoring({ otlp: { endpoint: COLLECTOR }, server: false });
const log = pino({ mixin: traceFields, level: 'trace' }, pino.destination({ dest: `${LOGS}/pino.log`, sync: true }));
const file = new winston.transports.File({ filename: `${LOGS}/winston.log` });
const other = winston.createLogger({
  level: 'silly',
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [file],
});
correlateWinston(other);
correlateConsole();

monitor.operation('by pino', () => {
  log.info({ sheet: 12, nested: { tile: 3 } }, 'decoded');
  log.error({ err: new RangeError('tile 12 out of range'), component: 'decoder' }, 'decoding failed');
});
for (const [level, message] of [
  ['trace', 't'],
  ['debug', 'd'],
  ['warn', 'w'],
  ['fatal', 'f'],
])
  log[level](message);
monitor.operation('by winston', () => {
  other.info('saved', { sheet: 12 });
  other.error('saving failed', {
    component: 'store',
    stack: 'Error: saving failed\n    at save (/srv/app/store.js:1:1)',
  });
  other.silly('noise');
});
monitor.operation('by console', () => {
  console.log(`${new Date(1_795_478_400_123).toISOString()} ERROR sheet 12 failed`);
  console.log('plain words');
});
const failure = () => new Error('first line');
console.log(failure().stack);

// what is asked for in docs/logs.md
for (const tile of [7, 12, 31]) log.error({ component: 'decoder' }, `tile ${tile} out of range`);
log.error({ component: 'crash_detector' }, 'agent 3 does not answer');
for (const [operation, ms] of [
  ['cycle', 18],
  ['cycle', 240],
  ['cycle', 22],
  ['load', 900],
])
  log.info({ operation, duration_ms: ms }, 'took');
for (const [agent, state] of [
  ['a1', 'idle'],
  ['a1', 'active'],
  ['a2', 'idle'],
  ['a1', 'crashed'],
  ['a2', 'idle'],
])
  log.info({ agent, state }, 'agent state');
for (const value of [30, 60]) log.info({ setting: 'retention_minutes', value }, 'configuration');
log.warn({ setting: 'batch_size', value: 100_000 }, 'configuration is beyond what is sensible');

await new Promise((resolve) => {
  file.on('finish', resolve);
  other.end();
});
await shutdown();
