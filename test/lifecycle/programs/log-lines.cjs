/** The same as log-lines.mjs, as CommonJS. */
const { correlateConsole, traceFields, traceFormat } = require('@otel-monitor/log-correlation');
const { createMonitor } = require('@otel-monitor/monitor');
const { startMonitoring } = require('@otel-monitor/node');
const pino = require('pino');
const winston = require('winston');

startMonitoring({ server: false }).then(async (monitoring) => {
  const log = pino({ base: null, timestamp: false, mixin: traceFields }, pino.destination({ dest: 1, sync: true }));
  const other = winston.createLogger({
    format: winston.format.combine(traceFormat(), winston.format.json()),
    transports: [new winston.transports.Console()],
  });
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
});
