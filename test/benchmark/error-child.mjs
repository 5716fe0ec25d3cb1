/** Measures what recording an error on a recording span costs, in a process of its own; its settings are its argument, as JSON. */
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMicros } from './cpu-micros.mjs';
import { FRAMES, failingPlaces, thrownBy } from './failing-places.mjs';

Error.stackTraceLimit = FRAMES;
const { variant, kind, sink, blocks, blockSize, warmUpBlocks } = JSON.parse(process.argv[2]);
const { startSpan, record, endSpan, flush, recorded, counted, freeRecords } = await (
  await import(`./errors-${variant}.mjs`)
).setUp({ sink });

const PLACES = 50;
const places = failingPlaces(kind === 'new fault' ? (blocks + warmUpBlocks) * blockSize : PLACES);
let made = 0;

/** What each kind of error is thrown by. */
const MAKE = {
  // another object each time, from one of 50 places, with words of its own
  'new error': () => thrownBy(places[made % PLACES], `tile ${made} out of range`),
  'new fault': () => thrownBy(places[made - 1], `tile ${made} out of range`),
  storm: () => thrownBy(places[0], 'tile out of range'),
};

/** The errors of one block, made before any of them is recorded: to make one is the application's. */
function errorsOfBlock() {
  if (kind === 'same object') return new Array(blockSize).fill(thrownBy(places[0], 'tile out of range'));
  return Array.from({ length: blockSize }, () => {
    made += 1;
    return MAKE[kind]();
  });
}

async function block() {
  const thrown = errorsOfBlock();
  const spans = thrown.map(() => startSpan());
  if (kind !== 'storm') freeRecords?.();
  const start = cpuMicros();
  for (let i = 0; i < blockSize; i += 1) record(spans[i], thrown[i]);
  const micros = cpuMicros() - start;
  for (const span of spans) endSpan(span);
  await wait(60);
  await flush();
  return micros;
}

for (let i = 0; i < warmUpBlocks; i += 1) await block();
const before = { recorded: recorded(), counted: counted?.() ?? 0 };
let micros = 0;
for (let i = 0; i < blocks; i += 1) micros += await block();
const result = {
  microsPerCall: micros / (blocks * blockSize),
  recorded: recorded() - before.recorded,
  counted: (counted?.() ?? 0) - before.counted,
};
process.send({ type: 'result', result }, () => process.exit());
