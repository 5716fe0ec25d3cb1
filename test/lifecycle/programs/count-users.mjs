/** Users from one number to another use a feature, half of them before monitoring starts; then it ends as it is told to. */
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const [from, to, end] = process.argv.slice(2);
const monitor = createMonitor({ name: 'shop' });
const use = (first, last) => {
  for (let user = first; user < last; user += 1) {
    monitor.trackFeature('checkout', 'paid', { userId: `user-${user}@example.com`, durationSeconds: 0.5 });
  }
};
const middle = Math.floor((Number(from) + Number(to)) / 2);
use(Number(from), middle);
const monitoring = await startMonitoring({
  service: { name: 'shop', version: process.env.RELEASE },
  server: false,
  host: { enabled: false },
  state: { flushIntervalMillis: 1000 },
});
use(middle, Number(to));

const state = () => monitoring.status().state;
const isFlushed = async (flushes) => {
  while (state().flushes < flushes) await new Promise((resolve) => setTimeout(resolve, 20));
};
if (end === 'exit at once') process.exit(0);
if (end === 'exit') {
  await isFlushed(1);
  process.exit(0);
}
if (end === 'kill') {
  await isFlushed(2);
  process.kill(process.pid, 'SIGKILL');
}
if (end === 'print') {
  await isFlushed(1);
  const { uses, users, adoption, durations } = monitor.usage.feature('checkout');
  const releases = monitor.usage.releases().map(({ release, uses, users }) => ({ release, uses, users }));
  const active = monitor.usage.activeUsers({ days: 1 }).daily.users;
  console.log(JSON.stringify({ uses, users, active, adoption, durations, releases, state: state() }));
  await monitoring.shutdown();
}
