/**
 * npm run bench: prints what otel-monitor costs beside the same thing by others, and writes docs/benchmarks.md. Ends with 1
 * when something could not be measured; a budget that is missed is a result.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { killChildren, startSink } from './child-process.mjs';
import { assertEqualWork } from './equal-work.mjs';
import { PARTS, partsOf } from './parts.mjs';
import { page, table } from './report.mjs';
import { notMeasured } from './rows.mjs';

const FULL = {
  rounds: 5,
  blocks: 25,
  peerRounds: 3,
  peerBlocks: 15,
  records: 40_000_000,
  rateSeconds: 10,
  rateWarmUpSeconds: 3,
  startRounds: 9,
  serviceRounds: 3,
  idleWindows: 7,
  requests: 200_000,
  disabledCalls: 5_000_000,
  httpRounds: 5,
  httpBlocks: 12,
  handlerBlocks: 6,
};
const QUICK = {
  rounds: 3,
  blocks: 12,
  peerRounds: 2,
  peerBlocks: 8,
  records: 8_000_000,
  rateSeconds: 4,
  rateWarmUpSeconds: 2,
  startRounds: 3,
  serviceRounds: 1,
  idleWindows: 3,
  requests: 40_000,
  disabledCalls: 2_000_000,
  httpRounds: 2,
  httpBlocks: 6,
  handlerBlocks: 3,
};
const PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
});
if (options.help) {
  console.log(`npm run bench -- [--quick] [--only PART[,PART…]]

  --quick       fewer and shorter rounds; prints only
  --only PART   these parts; prints only:
${PARTS.map(({ word, title }) => `                ${word.padEnd(12)}${title}`).join('\n')}`);
} else {
  const parts = partsOf(options.only);
  process.exitCode = await bench(parts, { isWhole: !options.quick && options.only === undefined });
}

async function bench(parts, { isWhole }) {
  const say = (text) => process.stderr.write(`${text}\n`);
  const settings = { ...(options.quick ? QUICK : FULL), say };
  const loadBefore = loadavg()[0];
  const startedAt = performance.now();
  const sink = await startSink();
  const rows = [];
  try {
    const equalWork = await compareWork(sink);
    say(equalWork);
    for (const { title, measure } of parts) {
      try {
        rows.push(...(await measure(sink, settings)));
      } catch (error) {
        say(error.stack);
        rows.push(notMeasured(title, error));
        await killChildren();
      }
    }
    console.log(table(rows));
    const minutes = ((performance.now() - startedAt) / 60_000).toFixed(0);
    if (isWhole) {
      const date = new Date().toISOString().slice(0, 10);
      const run = { rows, settings, date, equalWork, loadBefore, minutes };
      writeFileSync(PAGE, page(run, readFileSync(PAGE, 'utf8')));
    } else {
      for (const { what, note } of rows) if (note !== undefined) console.log(`- ${what}: ${note}`);
    }
  } finally {
    await sink.stop();
  }
  const missing = rows.filter((row) => row.missing !== undefined);
  for (const row of missing) say(`not measured: ${row.what}: ${row.missing}`);
  return missing.length > 0 ? 1 : 0;
}

/** Without equal work no figure means anything: a difference ends the run. */
async function compareWork(sink) {
  const sync = await assertEqualWork(sink, false);
  const async = await assertEqualWork(sink, true);
  return `${sync.spans + async.spans} spans and ${sync.points + async.points} metric points of each, found equal but for ids and times`;
}
