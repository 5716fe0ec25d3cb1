import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCpuTimes } from '../../src/proc/cpu-times.js';
import { parseDisks } from '../../src/proc/disks.js';
import { parseInterfaces } from '../../src/proc/interfaces.js';
import { parseMemory } from '../../src/proc/memory.js';
import { parseMounts } from '../../src/proc/mounts.js';
import { parseProcessIo, parseProcessStatus } from '../../src/proc/process-status.js';

const genuine = [
  'cpu  68643 75472 34183 477812 1326 0 352 372 0 0\ncpu0 1 2 3 4\n',
  'MemTotal:       24684092 kB\nMemAvailable:   23834056 kB\n',
  'Name:\tnode\nVmSize:\t 3060 kB\nVmRSS:\t 1712 kB\nThreads:\t1\n',
  'read_bytes: 4096\nwrite_bytes: 8192\n',
  ' 254 0 vda 258115 41824 12597554 194394 34661 165384 17363144 47851 0 30500 245471\n',
  'face |bytes\n  eth0: 866352515 41067 0 0 0 0 0 0 3304035 30026 0 0 0 0 0 0\n',
  '27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n',
];
const parsers = [
  parseCpuTimes,
  parseMemory,
  parseProcessStatus,
  parseProcessIo,
  parseDisks,
  parseInterfaces,
  parseMounts,
];

/** A genuine text with a piece cut out and another put in. */
const damaged = fc
  .tuple(fc.constantFrom(...genuine), fc.nat(200), fc.nat(40), fc.string({ unit: 'binary', maxLength: 20 }))
  .map(([text, at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length));
const anyText = fc.oneof(damaged, fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...genuine));

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

it('never throws and gives no number but finite ones that are not negative, whatever a file holds', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const parse of parsers) {
        for (const number of numbersIn(parse(text))) expect(number >= 0 && Number.isFinite(number)).toBe(true);
      }
    }),
    { numRuns: 10_000 },
  );
});

it('gives of a text that is cut anywhere the same values as of the whole one, or none', () => {
  genuine.forEach((text, index) => {
    const parse = parsers[index]!;
    const whole = numbersIn(parse(text));
    expect(whole.length + JSON.stringify(parse(text)).length).toBeGreaterThan(2);
    for (let length = 0; length < text.length; length += 1) {
      const cut = parse(text.slice(0, length));
      for (const number of numbersIn(cut)) expect(whole).toContain(number);
    }
  });
});
