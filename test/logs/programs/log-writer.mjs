/**
 * Writes numbered lines with pino into LOG_FILE, some 4,000 a second, until SIGTERM, and opens the file again on SIGHUP. Prints
 * `ready` when it begins and `wrote N` at its end.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';

const destination = pino.destination({ dest: process.env.LOG_FILE, append: true, sync: true });
const log = pino(destination);
process.on('SIGHUP', () => destination.reopen());
let isOn = true;
process.on('SIGTERM', () => {
  isOn = false;
});

console.log('ready');
let line = 0;
while (isOn) {
  for (const end = line + 40; line < end; line += 1) log.info({ line }, 'tile decoded');
  await delay(10);
}
console.log(`wrote ${line}`);
