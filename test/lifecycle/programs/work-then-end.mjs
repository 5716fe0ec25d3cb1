/** Does one operation that succeeds and one error outside of any, then ends in the way that its argument names. */
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const ending = process.argv[2];
const monitoring = await startMonitoring({
  service: { name: 'ending', version: '1.2.3' },
  otlp: { endpoint: process.env.SINK },
  server: false,
  host: { enabled: false },
});
const monitor = createMonitor({ name: 'program', version: '1.0.0' });
await monitor.operation('work', { dimensions: { kind: 'last' } }, async () => {});
monitor.trackError('Corrupt', 'tile 12 out of range');

switch (ending) {
  case 'natural':
    break;
  case 'exit-code':
    process.exitCode = 4;
    break;
  case 'process-exit':
    process.exit(3);
    break;
  case 'many-then-exit':
  case 'many-then-exit-later':
    // more than two batches: some are under way, some wait
    for (let i = 0; i < 1500; i += 1) monitor.operation(`many ${i}`, () => {});
    if (ending === 'many-then-exit') process.exit(3);
    setTimeout(() => process.exit(3), 40);
    break;
  case 'throw':
    setTimeout(() => {
      throw new RangeError('boom');
    }, 5);
    break;
  case 'reject':
    setTimeout(() => Promise.reject(new RangeError('boom')), 5);
    break;
  case 'throw-after-exit-listener':
    process.on('exit', () => console.log('exit listener'));
    throw new RangeError('boom');
  case 'shutdown':
    await monitoring.shutdown();
    await monitoring.shutdown();
    break;
  case 'wait':
    setInterval(() => {}, 1000);
    console.log('ready');
    break;
  case 'own-listener':
    setInterval(() => {}, 1000);
    process.on('SIGTERM', () => process.exit(0));
    console.log('ready');
    break;
  case 'own-shutdown':
    setInterval(() => {}, 1000);
    process.on('SIGTERM', async () => {
      await monitoring.shutdown({ timeoutMillis: 2000 });
      process.exit(7);
    });
    console.log('ready');
    break;
  default:
    throw new Error(`no ending ${ending}`);
}
