import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Longest text that is read; a longer one is cut, and its last line, which is not whole, is not looked at. */
const MAX_BYTES = 256 * 1024;
const BUFFER_BYTES = 16 * 1024;
/** A file that is missing or may not be read will stay so: containers and `hidepid` hide it for good. */
const LASTING = new Set(['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EINVAL', 'ENOSYS']);

/** Reads small texts of /proc into one buffer that is used again. */
export class ProcFiles {
  readonly #missing = new Set<string>();
  #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);

  constructor(private readonly root: string) {}

  /** The text of a file; undefined when it cannot be read. Never throws, and does not ask again for what is missing. */
  read(name: string): string | undefined {
    if (this.#missing.has(name)) return undefined;
    let file: number | undefined;
    try {
      // opened each time: a descriptor kept open would count among the program's own, and costs a tenth of the reading
      file = openSync(join(this.root, name), 'r');
      return this.#readAll(file);
    } catch (error) {
      if (LASTING.has((error as NodeJS.ErrnoException).code ?? '')) this.#missing.add(name);
      return undefined;
    } finally {
      if (file !== undefined) close(file);
    }
  }

  #readAll(file: number): string {
    let length = 0;
    for (;;) {
      // /proc gives a text in pieces
      const count = readSync(file, this.#buffer, length, this.#buffer.length - length, null);
      if (count === 0) break;
      length += count;
      if (length < this.#buffer.length) continue;
      if (length >= MAX_BYTES) break;
      const larger = Buffer.allocUnsafeSlow(Math.min(length * 2, MAX_BYTES));
      this.#buffer.copy(larger);
      this.#buffer = larger;
    }
    return this.#buffer.toString('latin1', 0, length);
  }
}

function close(file: number): void {
  try {
    closeSync(file);
  } catch {
    // nothing was written: there is nothing to lose
  }
}
