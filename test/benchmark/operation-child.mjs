/** Measures one way of recording in a process of its own; its settings are its argument, as JSON. */
import { setTimeout as wait } from 'node:timers/promises';

const settings = JSON.parse(process.argv[2]);
const { variant, isAsync, blocks, blockSize, warmUpBlocks, pauseMillis } = settings;
const { setUp } = await import(`./${variant}.mjs`);
const recording = await setUp(settings);

/** A block is shorter than the queue of the batch processor (2,048, of which 511 may be waiting); in the pause it is sent. */
async function block() {
  if (isAsync) for (let i = 0; i < blockSize; i += 1) await recording.async(i);
  else for (let i = 0; i < blockSize; i += 1) recording.sync(i);
  await wait(pauseMillis);
}

for (let i = 0; i < warmUpBlocks; i += 1) await block();
await recording.flush();

const start = process.cpuUsage();
for (let i = 0; i < blocks; i += 1) await block();
await recording.flush();
const { user, system } = process.cpuUsage(start);

const points = settings.wantsPoints ? await recording.points() : [];
process.send(
  { type: 'result', result: { microsPerCall: (user + system) / (blocks * blockSize), points } },
  // the providers of some variants would keep it running
  () => process.exit(),
);
