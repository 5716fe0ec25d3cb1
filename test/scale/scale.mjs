/**
 * npm run scale: measures how far a process, a Collector and two tiers go on this machine, prints it with what follows for 1,000
 * services, and writes it into docs/scale.md. About 6 minutes; needs a Collector and a Prometheus.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureCollectors } from './measure-collectors.mjs';
import { measureProcess } from './measure-process.mjs';
import { measureSeries } from './measure-series.mjs';
import { pageWith, section } from './page.mjs';

const FULL = {
  processes: { rates: [1000, 5000, 20_000], seconds: 10 },
  collectors: {
    oneRates: [1000, 10_000, undefined],
    gatewayRates: [undefined],
    tierRates: [1000, 5000, 10_000, 20_000],
    seconds: 20,
  },
  series: { services: 100, seriesEach: 500, seconds: 60 },
};
const QUICK = {
  processes: { rates: [1000, 10_000], seconds: 4 },
  collectors: { oneRates: [1000, undefined], gatewayRates: [undefined], tierRates: [1000, 10_000], seconds: 8 },
  series: { services: 20, seriesEach: 500, seconds: 20 },
};
const PAGE = fileURLToPath(new URL('../../docs/scale.md', import.meta.url));

const { values: options } = parseArgs({ options: { quick: { type: 'boolean' }, help: { type: 'boolean' } } });
if (options.help) {
  console.log('npm run scale [-- --quick]   --quick: shorter, prints only');
} else {
  const settings = options.quick ? QUICK : FULL;
  const say = (line) => process.stderr.write(`${line}\n`);
  const load = loadavg()[0].toFixed(1);
  const processes = await measureProcess({ ...settings.processes, say });
  const collectors = await measureCollectors({ ...settings.collectors, say });
  const series = await measureSeries({ ...settings.series, say });
  const text = section({ processes, collectors, series, load, date: new Date().toISOString().slice(0, 10) });
  console.log(text);
  if (!options.quick) writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), text));
}
