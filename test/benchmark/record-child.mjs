/** Measures what one record on a histogram costs, in a process of its own; its settings are its argument, as JSON. */
import { recordings } from './recordings.mjs';

const { variant, count, promClient } = JSON.parse(process.argv[2]);
/** Durations from 1 ms to 5 s, as many of each order. */
const VALUES = Float64Array.from({ length: 1024 }, (_, i) => 0.001 * 5000 ** (((i * 379) % 1024) / 1024));
/** Before each the readers collect: what a collection leaves behind must not make the next record dearer. */
const BLOCKS = 20;

const { record, collect = () => {}, totals } = await recordings[variant](promClient);
const run = (from, to) => {
  for (let i = from; i < to; i += 1) record(VALUES[i & 1023], i);
};
const perBlock = count / BLOCKS;
let recorded = count / 4;
run(0, recorded);
let micros = 0;
for (let block = 0; block < BLOCKS; block += 1) {
  await collect();
  const start = process.cpuUsage();
  run(recorded, recorded + perBlock);
  const { user, system } = process.cpuUsage(start);
  micros += user + system;
  recorded += perBlock;
}
for (const total of await totals()) {
  if (total !== recorded) throw new Error(`${variant} recorded ${total} of ${recorded}`);
}
process.send({ type: 'result', result: { microsPerCall: micros / count } }, () => process.exit());
