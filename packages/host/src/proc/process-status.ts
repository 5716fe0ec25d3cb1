import type { BytesReadWritten, ProcessReading } from '../host-reading.js';
import { labelled } from './digits.js';

const KIB = 1024;

/** Memory and threads of this process from /proc/self/status (proc(5)). */
export function parseProcessStatus(text: string): ProcessReading {
  const memory = labelled(text, 'VmRSS:');
  const virtualMemory = labelled(text, 'VmSize:');
  const threads = labelled(text, 'Threads:');
  return {
    ...(memory === undefined ? {} : { memory: memory * KIB }),
    ...(virtualMemory === undefined ? {} : { virtualMemory: virtualMemory * KIB }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** What this process had fetched from and sent to storage, from /proc/self/io (proc(5)). */
export function parseProcessIo(text: string): BytesReadWritten | undefined {
  const read = labelled(text, 'read_bytes:');
  const written = labelled(text, 'write_bytes:');
  return read === undefined || written === undefined ? undefined : { read, written };
}
