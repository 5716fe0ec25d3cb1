/** Measures what a log line costs inside an operation, with and without the fields of its span, in a process of its own. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { correlateConsole, correlateWinston, traceFields, traceFormat } from '@otel-monitor/log-correlation';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { pino } from 'pino';
import winston from 'winston';

const { variant, added, count } = JSON.parse(process.argv[2]);
/** Lines of one operation. */
const IN_ONE = 10;
const BLOCK = 1000;
const written = { lines: 0, bytes: 0, withFields: 0 };

function take(text) {
  written.lines += 1;
  written.bytes += text.length;
  if (text.includes('trace_id')) written.withFields += 1;
}

const nowhere = () =>
  new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      take(text);
      done();
    },
  });
const pinoLogger = () => pino(added === '' ? {} : { mixin: traceFields }, { write: take });

const variants = {
  pino: () => {
    const log = pinoLogger();
    return (i) => log.info({ sheet: i, tiles: 4, rom: 'game.sfc', failed: false }, 'sheet decoded');
  },
  'pino child': () => {
    const log = pinoLogger();
    return (i) =>
      log.child({ request: i }).info({ sheet: i, tiles: 4, rom: 'game.sfc', failed: false }, 'sheet decoded');
  },
  winston: () => {
    const formats = [winston.format.timestamp(), ...(added === 'format' ? [traceFormat()] : []), winston.format.json()];
    const log = winston.createLogger({
      format: winston.format.combine(...formats),
      transports: [new winston.transports.Stream({ stream: nowhere() })],
    });
    if (added === 'fields') correlateWinston(log);
    return (i) => log.info('sheet decoded', { sheet: i, tiles: 4, rom: 'game.sfc', failed: false });
  },
  console: () => {
    const log = new Console({ stdout: nowhere() });
    if (added === 'fields') correlateConsole(log);
    return (i) => log.log('sheet %d decoded: %d tiles of %s', i, 4, 'game.sfc');
  },
};

await startMonitoring({ service: { name: 'benchmark' }, server: false });
const monitor = createMonitor({ name: 'benchmark' });
const write = variants[variant]();

async function run(lines) {
  for (let i = 0; i < lines; i += IN_ONE) {
    monitor.operation('sprite_extraction', () => {
      for (let line = 0; line < IN_ONE; line += 1) write(i + line);
    });
    if (i % BLOCK === 0) await turn();
  }
  await turn();
}

await run(count / 2);
const bytesBefore = written.bytes;
const start = process.cpuUsage();
await run(count);
const { user, system } = process.cpuUsage(start);
const bytes = (written.bytes - bytesBefore) / count;
if (written.lines !== 1.5 * count) throw new Error(`${variant}: ${written.lines} of ${1.5 * count} lines were written`);
const expected = added === '' ? 0 : written.lines;
if (written.withFields !== expected)
  throw new Error(`${variant}: ${written.withFields} of ${expected} lines have fields`);
process.send({ type: 'result', result: { microsPerLine: (user + system) / count, bytes } }, () => process.exit());
