/**
 * A monitored service with troubles of its own, for tests of alerts. It prints `ready PORT` and runs until it is ended.
 *
 *   STATE_FILE   a file with the state of its component `database`, read each second
 *
 * Its cycles take 60 ms with five agents to look after, five detections a second fail, patterns are half as good as they
 * should be, and a third of the requests to it are answered with 503.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({ server: { port: 0 } });
const { monitor } = monitoring;
const ignored = () => {};

monitor.health.addCheck({
  name: 'database',
  check: () => readFileSync(process.env.STATE_FILE, 'utf8').trim(),
  intervalSeconds: 1,
  critical: true,
});
monitor.addCollector('agents', () => ({ agents_total: 5, pattern_quality: 0.35 }));

setInterval(() => monitor.operation('monitoring_cycle', () => delay(60)), 200);
setInterval(() => {
  monitor.operation('agent_detection', () => Promise.reject(new RangeError('no such session'))).catch(ignored);
}, 200);

let answered = 0;
const service = createServer((_, response) => {
  answered += 1;
  response.writeHead(answered % 3 === 0 ? 503 : 200).end();
}).listen(0, '127.0.0.1', () => {
  const { port } = service.address();
  setInterval(() => {
    fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.arrayBuffer(), ignored);
  }, 100);
});

console.log(`ready ${new URL(monitoring.url).port}`);
