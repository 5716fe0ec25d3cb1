import type { DiskReading } from '../host-reading.js';
import { wholeLines } from './digits.js';

/** Unit of /proc/diskstats, whatever the sectors of the disk are. */
const BYTES_PER_SECTOR = 512;
/** Loop devices, RAM disks and swap in memory, floppy and optical drives; dm and md stand on other disks. */
const NOT_A_DISK = /^(?:loop|ram|zram|fd|sr|dm-|md)/;
/** `sda1`, `nvme0n1p2`, `mmcblk0p1`: parts of a disk, counted with it. */
const PARTITION = /^(?:(?:s|h|v|xv)d[a-z]+\d+|(?:nvme\d+n\d+|mmcblk\d+|nbd\d+)p\d+)$/;
/** More disks than a machine has; what is beyond is left out. */
const MAX_DISKS = 64;

/**
 * Disks that have been used, from /proc/diskstats (Documentation/admin-guide/iostats.rst): major, minor, name, then at
 * least eleven counters, since 4.18 fifteen and since 5.5 seventeen.
 */
export function parseDisks(text: string): DiskReading[] {
  const disks: DiskReading[] = [];
  for (const line of wholeLines(text)) {
    const [, , device, ...counters] = line.trim().split(/\s+/);
    if (device === undefined || counters.length < 11 || NOT_A_DISK.test(device) || PARTITION.test(device)) continue;
    const [reads, , sectorsRead, , writes, , sectorsWritten] = counters.map(Number) as [
      reads: number,
      readsMerged: number,
      sectorsRead: number,
      readMillis: number,
      writes: number,
      writesMerged: number,
      sectorsWritten: number,
    ];
    // a disk that was never used says nothing; NaN is not above zero either
    if (!(reads + writes > 0) || !(sectorsRead + sectorsWritten >= 0)) continue;
    if (disks.length >= MAX_DISKS) break;
    disks.push({
      device,
      bytes: { read: sectorsRead * BYTES_PER_SECTOR, written: sectorsWritten * BYTES_PER_SECTOR },
      operations: { read: reads, written: writes },
    });
  }
  return disks;
}
