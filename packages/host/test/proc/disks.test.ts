import { describe, expect, it } from 'vitest';
import { parseDisks } from '../../src/proc/disks.js';

describe('disks of /proc/diskstats', () => {
  it('reads the fourteen, eighteen and twenty columns of the kernels', () => {
    const text = `   8       0 sda 100 5 2000 30 50 6 4000 40 0 50 70
 259       0 nvme0n1 10 0 8 1 20 0 16 2 0 3 4 7 0 9 1
 254       0 vda 258115 41824 12597554 194394 34661 165384 17363144 47851 0 30500 245471 28209 51 6246352 3215 250 10
`;
    expect(parseDisks(text)).toEqual([
      { device: 'sda', bytes: { read: 1024000, written: 2048000 }, operations: { read: 100, written: 50 } },
      { device: 'nvme0n1', bytes: { read: 4096, written: 8192 }, operations: { read: 10, written: 20 } },
      {
        device: 'vda',
        bytes: { read: 12597554 * 512, written: 17363144 * 512 },
        operations: { read: 258115, written: 34661 },
      },
    ]);
  });

  it('counts a byte once: neither partitions nor what stands on other disks', () => {
    const counters = '100 5 2000 30 50 6 4000 40 0 50 70';
    const names = ['sda', 'sda1', 'sdb12', 'vda1', 'xvda1', 'xvdb', 'nvme0n1', 'nvme0n1p1', 'mmcblk0', 'mmcblk0p2'];
    const other = ['dm-0', 'md127', 'loop3', 'ram0', 'zram0', 'sr0', 'fd0'];
    const text = [...names, ...other].map((name) => `   8       0 ${name} ${counters}\n`).join('');
    expect(parseDisks(text).map(({ device }) => device)).toEqual(['sda', 'xvdb', 'nvme0n1', 'mmcblk0']);
  });

  it('leaves out disks that were never used, and the short lines that 2.6 had for partitions', () => {
    expect(parseDisks('8 0 sda 0 0 0 0 0 0 0 0 0 0 0\n8 1 sdb 3 4 5 6\n')).toEqual([]);
  });

  it('leaves out lines that are cut or garbage, and reads those beside them', () => {
    const good = '8 0 sda 1 0 2 0 1 0 2 0 0 0 0';
    expect(parseDisks(`8 0 sdb x y z 0 1 0 2 0 0 0 0\n${good}\n8 0 sdc 1 0 2 0 1 0 2 0 0 0 0`)).toEqual([
      { device: 'sda', bytes: { read: 1024, written: 1024 }, operations: { read: 1, written: 1 } },
    ]);
    expect(parseDisks('')).toEqual([]);
  });

  it('reads no more than sixty-four', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `8 0 disk${i} 1 0 2 0 1 0 2 0 0 0 0\n`).join('');
    expect(parseDisks(text)).toHaveLength(64);
  });
});
