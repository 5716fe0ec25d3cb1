/**
 * Measures one way of recording in a process of its own; its settings are its argument, as JSON. After the warm-up it says
 * `warm` and waits for `go`, so that its parent counts only the spans of what is measured.
 */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMicros } from './cpu-micros.mjs';
import { SCOPE } from './work.mjs';

const settings = JSON.parse(process.argv[2]);
const { variant, isAsync, blocks, blockSize, warmUpBlocks, pauseMillis, callsPerRoot } = settings;
const { warmUpPauseMillis = pauseMillis } = settings;
const { setUp } = await import(`./${variant}.mjs`);
const recording = await setUp(settings);
const call = isAsync ? recording.async : recording.sync;

/**
 * A block is shorter than the queue of the batch processor (2,048, of which 511 may be waiting); in the pause it is sent.
 * Gives back the CPU time of the calls alone: no timer and no socket has its turn between them.
 */
async function block(millis = pauseMillis) {
  const before = cpuMicros();
  if (callsPerRoot !== undefined) for (let i = 0; i < blockSize; i += callsPerRoot) oneRoot(i);
  else if (isAsync) for (let i = 0; i < blockSize; i += 1) await call(i);
  else for (let i = 0; i < blockSize; i += 1) call(i);
  const inCalls = cpuMicros() - before;
  await wait(millis);
  return inCalls;
}

function oneRoot(first) {
  recording.within(() => {
    for (let i = first; i < first + callsPerRoot; i += 1) call(i);
  });
}

recording.prime?.();
for (let i = 0; i < warmUpBlocks; i += 1) await block(warmUpPauseMillis);
await recording.flush();
if (settings.isCounted) {
  process.send({ type: 'warm' });
  await once(process, 'message');
}

const calls = blocks * blockSize;
const start = cpuMicros();
let inCalls = 0;
for (let i = 0; i < blocks; i += 1) inCalls += await block();
await recording.flush();
const total = cpuMicros() - start;

const points = settings.wantsPoints ? (await recording.points()).filter(({ scope }) => scope.name === SCOPE.name) : [];
process.send(
  {
    type: 'result',
    result: { microsPerCall: total / calls, microsInCalls: inCalls / calls, points, heap: recording.heap?.() },
  },
  // the providers of some variants would keep it running
  () => process.exit(),
);
