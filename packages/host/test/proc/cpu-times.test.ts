import { describe, expect, it } from 'vitest';
import { parseCpuTimes } from '../../src/proc/cpu-times.js';

describe('CPU times of /proc/stat', () => {
  it('reads the ten columns of present kernels, guest time being in user already', () => {
    const text =
      'cpu  68643 75472 34183 477812 1326 10 352 372 900 800\ncpu0 32131 37814 16102 242484 200 0 49 186 0 0\nintr 2 0\n';
    expect(parseCpuTimes(text)).toEqual({
      user: 686.43,
      nice: 754.72,
      system: 341.83,
      idle: 4778.12,
      iowait: 13.26,
      interrupt: 3.62,
      steal: 3.72,
    });
  });

  it('reads the seven columns of 2.6.0 and the four of 2.4', () => {
    expect(parseCpuTimes('cpu  100 200 300 400 500 600 700\n')).toEqual({
      user: 1,
      nice: 2,
      system: 3,
      idle: 4,
      iowait: 5,
      interrupt: 13,
    });
    expect(parseCpuTimes('cpu 100 200 300 400\ncpu0 100 200 300 400\n')).toEqual({
      user: 1,
      nice: 2,
      system: 3,
      idle: 4,
    });
  });

  it('does not read on in the line of the first processor', () => {
    expect(parseCpuTimes('cpu  100 200\n 300 400\n')).toBeUndefined();
  });

  it.each(['', 'cpu', 'cpu ', 'cpu  \n', 'cpu  1 2 3', 'cpu  1 2 3 4', 'cpu0 1 2 3 4\n', 'cpu  a b c d\n', '\0\0\0'])(
    'gives nothing for %j',
    (text) => {
      expect(parseCpuTimes(text)).toBeUndefined();
    },
  );
});
