import { describe, expect, it } from 'vitest';
import { parseMemory } from '../../src/proc/memory.js';

const KIB = 1024;

describe('memory of /proc/meminfo', () => {
  it('takes MemAvailable where the kernel has it', () => {
    const text =
      'MemTotal:       24684092 kB\nMemFree:        20599320 kB\nMemAvailable:   23834056 kB\nCached:   1 kB\n';
    expect(parseMemory(text)).toEqual({ total: 24684092 * KIB, available: 23834056 * KIB });
  });

  it('adds free memory, buffers and page cache on kernels before 3.14, and not SwapCached', () => {
    const text =
      'MemTotal:  1000 kB\nMemFree:  100 kB\nBuffers:  20 kB\nCached:  300 kB\nSwapCached:  7 kB\nActive:  5 kB\n';
    expect(parseMemory(text)).toEqual({ total: 1000 * KIB, available: 420 * KIB });
  });

  it('reads the shape of 2.4, whose first lines are a table', () => {
    const text = `        total:    used:    free:  shared: buffers:  cached:
Mem:  1024 512 512 0 0 0
MemTotal:  1000 kB
MemFree:  600 kB
`;
    expect(parseMemory(text)).toEqual({ total: 1000 * KIB, available: 600 * KIB });
  });

  it('never gives more available than there is', () => {
    expect(parseMemory('MemTotal: 10 kB\nMemAvailable: 20 kB\n')).toEqual({ total: 10 * KIB, available: 10 * KIB });
  });

  it.each([
    '',
    'MemTotal:',
    'MemTotal: 1000 kB\n',
    'MemTotal: 0 kB\nMemAvailable: 0 kB\n',
    'MemTotal: x kB\nMemFree: 1 kB\n',
  ])('gives nothing for %j', (text) => {
    expect(parseMemory(text)).toBeUndefined();
  });

  it('does not take a number that may be cut', () => {
    expect(parseMemory('MemTotal: 1000 kB\nMemAvailable: 23')).toBeUndefined();
  });
});
