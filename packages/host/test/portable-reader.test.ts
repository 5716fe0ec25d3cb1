import { expect, it } from 'vitest';
import { LinuxReader } from '../src/linux-reader.js';
import { PortableReader } from '../src/portable-reader.js';

it('tells CPU and memory and no more', () => {
  const reading = new PortableReader().read();
  expect(Object.keys(reading)).toEqual(['cpu', 'memory', 'process']);
  expect(Object.keys(reading.cpu ?? {})).toEqual(['user', 'nice', 'system', 'idle', 'interrupt']);
  expect(Object.keys(reading.process)).toEqual(['memory']);
  expect(reading.memory?.available).toBeLessThan(reading.memory?.total ?? 0);
});

it.runIf(process.platform === 'linux')('tells the same as /proc (needs Linux)', () => {
  const linux = new LinuxReader().read();
  const portable = new PortableReader().read();
  const later = new LinuxReader().read();
  // the kernel rounds each processor's time to hundredths, and may take back some of what a processor was idle
  for (const mode of ['user', 'nice', 'system', 'idle'] as const) {
    expect(portable.cpu?.[mode]).toBeGreaterThan((linux.cpu?.[mode] ?? Number.NaN) - 1);
    expect(portable.cpu?.[mode]).toBeLessThan((later.cpu?.[mode] ?? Number.NaN) + 1);
  }
  expect(portable.memory?.total).toBe(linux.memory?.total);
  const available = (portable.memory?.available ?? 0) / (linux.memory?.available ?? 1);
  expect(available).toBeGreaterThan(0.9);
  expect(available).toBeLessThan(1.1);
  expect(Math.abs((portable.process.memory ?? 0) - (linux.process.memory ?? 0))).toBeLessThan(20 * 2 ** 20);
});
