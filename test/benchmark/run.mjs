/**
 * npm run bench: prints what otel-monitor costs beside the same thing by hand, and writes docs/benchmarks.md.
 *
 *   --quick       fewer and shorter rounds; prints only
 *   --only WORD   operations, records, service or host; prints only
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSink } from './child-process.mjs';
import { assertEqualWork } from './equal-work.mjs';
import { measureHost } from './measure-host.mjs';
import { measureOperations } from './measure-operations.mjs';
import { measureRecords } from './measure-records.mjs';
import { measureServices } from './measure-service.mjs';
import { page, table } from './report.mjs';

const FULL = {
  rounds: 5,
  blocks: 30,
  records: 5_000_000,
  idleWindows: 7,
  loadSeconds: 8,
  perSecond: 1000,
};
const QUICK = {
  rounds: 3,
  blocks: 15,
  records: 1_000_000,
  idleWindows: 3,
  loadSeconds: 3,
  perSecond: 500,
};
const PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values: options } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const say = (text) => process.stderr.write(`${text}\n`);
const settings = { ...(options.quick ? QUICK : FULL), say };
const loadBefore = loadavg()[0];
const sink = await startSink();

const parts = {
  operations: () => measureOperations(sink, settings),
  records: () => measureRecords(settings),
  service: () => measureServices(sink, settings),
  host: () => measureHost(settings),
};

try {
  const sync = await assertEqualWork(sink, false);
  const async = await assertEqualWork(sink, true);
  const equalWork = `${sync.spans + async.spans} spans and ${sync.points + async.points} metric points, found equal but for ids and times`;
  say(equalWork);
  const rows = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (options.only !== undefined && options.only !== name) continue;
    rows.push(...(await measure()));
  }
  console.log(table(rows));
  if (!options.quick && options.only === undefined) {
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(PAGE, page({ rows, rounds: settings.rounds, date, equalWork, loadBefore }));
  }
} finally {
  await sink.stop();
}
