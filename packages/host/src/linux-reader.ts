import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostReader, HostReading } from './host-reading.js';
import { parseCpuTimes } from './proc/cpu-times.js';
import { parseDisks } from './proc/disks.js';
import { parseInterfaces } from './proc/interfaces.js';
import { parseMemory } from './proc/memory.js';
import { ProcFiles } from './proc/proc-files.js';
import { parseProcessIo, parseProcessStatus } from './proc/process-status.js';

/** Reads Linux from /proc. */
export class LinuxReader implements HostReader {
  readonly #files: ProcFiles;
  readonly #descriptors: string;
  #counted: number | undefined;
  #isCounting = false;

  /** @param root where proc is mounted; another folder in tests */
  constructor(root = '/proc') {
    this.#files = new ProcFiles(root);
    this.#descriptors = join(root, 'self/fd');
  }

  read(): HostReading {
    return {
      cpu: this.#parsed('stat', parseCpuTimes),
      memory: this.#parsed('meminfo', parseMemory),
      process: this.#parsed('self/status', parseProcessStatus) ?? {},
      fileDescriptors: this.#fileDescriptors(),
      processDisk: this.#parsed('self/io', parseProcessIo),
      disks: this.#parsed('diskstats', parseDisks),
      // not net/dev, which is a link to it: the interfaces of this process's network namespace
      interfaces: this.#parsed('self/net/dev', parseInterfaces),
    };
  }

  #parsed<T>(name: string, parse: (text: string) => T): T | undefined {
    const text = this.#files.read(name);
    return text === undefined ? undefined : parse(text);
  }

  #fileDescriptors(): number | undefined {
    try {
      // since Linux 6.2 the size of this folder is their number; before, it is 0
      const { size } = statSync(this.#descriptors);
      if (size > 0) return size;
      this.#count();
      return this.#counted;
    } catch {
      return undefined;
    }
  }

  /** A folder of thousands of descriptors takes milliseconds to list, so that is not waited for: it serves the next reading. */
  #count(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    readdir(this.#descriptors)
      .then(
        (names) => {
          // one of them is that of listing
          this.#counted = names.length - 1;
        },
        () => {},
      )
      .finally(() => {
        this.#isCounting = false;
      });
  }
}
