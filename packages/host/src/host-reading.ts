/** Seconds of CPU time by mode; a mode that the system does not tell is left out. */
export type CpuTimes = Readonly<Partial<Record<CpuMode, number>>>;
export type CpuMode = 'user' | 'nice' | 'system' | 'idle' | 'iowait' | 'interrupt' | 'steal';

/** Memory of the machine in bytes. */
export interface MemoryReading {
  readonly total: number;
  /** What programs may still take without swapping. */
  readonly available: number;
}

/** What the operating system tells about this process. */
export interface ProcessReading {
  /** Physical memory in bytes. */
  readonly memory?: number;
  /** Virtual memory in bytes. */
  readonly virtualMemory?: number;
  readonly threads?: number;
}

/** Bytes that went to and from storage. */
export interface BytesReadWritten {
  readonly read: number;
  readonly written: number;
}

/** One disk: bytes and operations since the machine started. */
export interface DiskReading {
  readonly device: string;
  readonly bytes: BytesReadWritten;
  readonly operations: { readonly read: number; readonly written: number };
}

/** One network interface: bytes since it was made. */
export interface InterfaceReading {
  readonly name: string;
  readonly received: number;
  readonly transmitted: number;
}

/** What a reader found out this time; everything that cannot be told is left out. */
export interface HostReading {
  /** Of all processors together, since the machine started. */
  readonly cpu?: CpuTimes;
  readonly memory?: MemoryReading;
  readonly process: ProcessReading;
  readonly fileDescriptors?: number;
  /** Of this process. */
  readonly processDisk?: BytesReadWritten;
  readonly disks?: readonly DiskReading[];
  readonly interfaces?: readonly InterfaceReading[];
}

/** Reads the machine and the process: synchronous, quick, and never throws. */
export interface HostReader {
  read(): HostReading;
}
