/** Pushes the series of many services to a Collector, all of them each `everySeconds`, from a process of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import { metricRequest } from './metric-request.mjs';

const { url, services, seriesEach, everySeconds, seconds } = JSON.parse(process.argv[2]);
const begun = performance.now();
const totals = { bytes: 0, pushes: 0 };

while (performance.now() - begun < seconds * 1000) {
  const due = begun + totals.pushes * everySeconds * 1000;
  await delay(Math.max(0, due - performance.now()));
  for (let service = 0; service < services; service += 1) {
    const body = metricRequest(`service-${service}`, seriesEach);
    const headers = { 'content-type': 'application/x-protobuf' };
    const response = await fetch(`${url}/v1/metrics`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`refused with ${response.status}`);
    await response.arrayBuffer();
    totals.bytes += body.length;
  }
  totals.pushes += 1;
}
process.send({ type: 'result', result: totals }, () => process.disconnect());
