import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { fileProblem, UnusablePlace } from '../place/ownership.js';

/** Undefined on systems that have no such flag. */
const { O_NOFOLLOW = 0, O_CREAT, O_EXCL, O_WRONLY, O_APPEND, O_RDONLY } = constants;
export const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW;
export const FILE_MODE = 0o600;

/** A file that bytes are added to, whole or not at all. */
export class DiskFile {
  private constructor(
    private readonly handle: FileHandle,
    /** How long it is, in bytes. */
    public length: number,
  ) {}

  /** Makes a file that is not there yet, for its owner alone. */
  static async create(path: string): Promise<DiskFile> {
    return new DiskFile(await open(path, NEW_FILE, FILE_MODE), 0);
  }

  /** Adds bytes. When not all of them could be written none of them stay, so that what comes later can be read. */
  async append(bytes: Buffer): Promise<void> {
    let written = 0;
    try {
      while (written < bytes.length) {
        written += (await this.handle.write(bytes, written, bytes.length - written)).bytesWritten;
      }
    } catch (error) {
      if (written > 0) await this.handle.truncate(this.length).catch(() => {});
      throw error;
    }
    this.length += bytes.length;
  }

  /** Waits until the bytes are on the disk. */
  sync(): Promise<void> {
    return this.handle.datasync();
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => {});
  }
}

/**
 * Reads a whole file that must be ours; undefined when there is none.
 *
 * @throws UnusablePlace when it is a link, belongs to somebody else, can be written by others or is too long
 */
export async function readOwnFile(path: string, mostBytes: number): Promise<Buffer | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw new UnusablePlace(`${path} is a symbolic link`);
    throw error;
  }
  try {
    // where links cannot be refused they are looked for
    const problem = fileProblem(path, O_NOFOLLOW === 0 ? await lstat(path) : await handle.stat(), mostBytes);
    if (problem !== undefined) throw new UnusablePlace(problem);
    return await handle.readFile();
  } finally {
    await handle.close().catch(() => {});
  }
}
