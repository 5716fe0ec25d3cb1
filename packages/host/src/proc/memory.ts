import type { MemoryReading } from '../host-reading.js';
import { labelled } from './digits.js';

const KIB = 1024;

/**
 * Memory of the machine from /proc/meminfo (proc(5)). Kernels before 3.14 have no MemAvailable: free memory, buffers and
 * page cache stand for it there.
 */
export function parseMemory(text: string): MemoryReading | undefined {
  const total = labelled(text, 'MemTotal:');
  if (total === undefined || total === 0) return undefined;
  const available = labelled(text, 'MemAvailable:') ?? freeAndCaches(text);
  if (available === undefined) return undefined;
  return { total: total * KIB, available: Math.min(available, total) * KIB };
}

function freeAndCaches(text: string): number | undefined {
  const free = labelled(text, 'MemFree:');
  return free === undefined ? undefined : free + (labelled(text, 'Buffers:') ?? 0) + (labelled(text, 'Cached:') ?? 0);
}
