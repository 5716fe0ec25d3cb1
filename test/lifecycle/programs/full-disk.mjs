/** Errors and usage go on where no file may grow beyond a few kilobytes. Says what is in memory and what became of the files. */
import { setTimeout as after } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

// the system's way to say that a file may not grow; without a listener a process dies of it
process.on('SIGXFSZ', () => {});
const monitoring = await startMonitoring({
  service: { name: 'full' },
  server: false,
  host: { enabled: false },
  state: { flushIntervalMillis: 100 },
});
const monitor = createMonitor({ name: 'full' });
for (let kind = 0; kind < 40; kind += 1) {
  for (let left = 3; left > 0; left -= 1)
    monitor.trackError(`Kind${'abcdefghij'[kind % 10]}${'klmn'[(kind / 10) | 0]}`, 'it went wrong');
  await after(20);
}
const { count, total } = monitor.errors.summary();
const { state, failedFlushes, problems } = monitoring.status().state;
console.log(
  JSON.stringify({
    count,
    total,
    groups: monitor.errors.groups({ limit: 100 }).length,
    state,
    failedFlushes,
    problems,
  }),
);
