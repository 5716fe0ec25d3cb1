import { cpus, freemem, totalmem } from 'node:os';
import type { CpuTimes, HostReader, HostReading, MemoryReading } from './host-reading.js';

/** Reads what Node itself tells on every system: CPU and memory. Threads, descriptors, disks and network it does not. */
export class PortableReader implements HostReader {
  read(): HostReading {
    return {
      cpu: attempt(readCpu),
      memory: attempt(readMemory),
      process: { memory: attempt(process.memoryUsage.rss) },
    };
  }
}

function readCpu(): CpuTimes | undefined {
  const all = cpus();
  if (all.length === 0) return undefined;
  const sum = { user: 0, nice: 0, system: 0, idle: 0, interrupt: 0 };
  for (const { times } of all) {
    sum.user += times.user / 1000;
    sum.nice += times.nice / 1000;
    sum.system += times.sys / 1000;
    sum.idle += times.idle / 1000;
    sum.interrupt += times.irq / 1000;
  }
  return sum;
}

function readMemory(): MemoryReading | undefined {
  const total = totalmem();
  return total > 0 ? { total, available: Math.min(freemem(), total) } : undefined;
}

/** Sandboxes may refuse any of these. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
