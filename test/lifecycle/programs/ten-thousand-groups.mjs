// 10,000 faults, each three times with another message, for other users and with a stack of 20 frames of its own: prints
// what they hold, in bytes. Run with --expose-gc.
import { setImmediate } from 'node:timers/promises';
import { errorGroups, errorQuery } from '@otel-monitor/errors';
import { createMonitor } from '@otel-monitor/monitor';
import { runtimeState } from '@otel-monitor/runtime';

const FAULTS = 10_000;
const FRAMES = 20;

/** A word that only this number has. */
function word(number) {
  let letters = '';
  for (let rest = number + 1; rest > 0; rest = Math.floor(rest / 20))
    letters += `${'bcdfghjklmnprstvwxyz'[rest % 20]}a`;
  return letters;
}

function fault(number, turn) {
  const name = word(number);
  const error = new RangeError(`tile ${turn} of bank ${name} is out of range`);
  let stack = `RangeError: ${error.message}`;
  for (let frame = 0; frame < FRAMES; frame += 1) {
    stack += `\n    at Extractor.${name}${word(frame)} (/srv/app/src/pipeline/${word(number % 97)}.js:${100 + frame}:17)`;
  }
  error.stack = stack;
  return error;
}

function held() {
  for (let i = 0; i < 4; i += 1) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

runtimeState.errors.maxGroups = FAULTS;
const monitor = createMonitor({ name: 'spritepal', version: '1.4.0' });
const record = (number, turn) =>
  monitor.captureError(fault(number, turn), { operation: word(number % 30), userId: `user ${number * 3 + turn}` });

// what the code itself and the caches of a fixed size take is there before
for (let i = 0; i < 3000; i += 1) record(i, 4);
await setImmediate();
errorGroups.clear();
const before = held();
for (let turn = 0; turn < 3; turn += 1) {
  for (let number = 0; number < FAULTS; number += 1) {
    record(number, turn);
    // a service does something else too
    if (number % 100 === 0) await setImmediate();
  }
}
const bytes = held() - before;

const { errors, groups, samples, stacks } = errorQuery.summary();
console.log(
  JSON.stringify({
    bytes,
    estimated: errorGroups.memoryBytes,
    errors,
    groups: groups.held,
    evicted: groups.evicted.groups,
    samples: samples.held,
    shortened: stacks.shortened,
    stackLength: fault(0, 0).stack.length,
  }),
);
