/** Errors of one kind as fast as they can be captured, until it is killed. Says how many there were, and how many writes. */
import { writeSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({
  service: { name: 'storm' },
  server: false,
  host: { enabled: false },
  sampling: { errorSampleRate: 0 },
  state: { flushIntervalMillis: 100 },
});
const monitor = createMonitor({ name: 'storm' });
while (monitoring.status().state.flushes === 0) await after(5);
say(`restored ${monitor.errors.groups().reduce((sum, { count }) => sum + count, 0)}`);

let captured = 0;
storm();

function storm() {
  for (let left = 200; left > 0; left -= 1) {
    captured += 1;
    monitor.captureError(new RangeError(`tile ${captured} is out of range`));
  }
  say(`${captured} ${monitoring.status().state.flushes}`);
  setImmediate(storm);
}

function say(text) {
  try {
    writeSync(1, `${text}\n`);
  } catch {
    // nobody reads as fast as this: the next line says more
  }
}
