/** Three operations, then the end that the argument names. On `sigterm` it prints `ready` and waits for the signal. */
import { startMonitoring } from '@otel-monitor/node';

const { monitor } = await startMonitoring({ server: false });
for (let index = 0; index < 3; index += 1) monitor.operation('work', () => {});

const ending = process.argv[2];
if (ending === 'exit') process.exit(3);
if (ending === 'throw') throw new RangeError('the job has failed');
if (ending === 'sigterm') {
  setInterval(() => {}, 1_000);
  console.log('ready');
}
