import { link, lstat, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeCrypto } from '@otel-monitor/runtime';
import { FILE_MODE, NEW_FILE, readOwnFile } from '../files/disk-file.js';
import { folderProblem, UnusablePlace } from './ownership.js';

const KEY_FILE = 'user-hash.key';
const KEY = /^[\da-f]{64}$/;
const MOST_BYTES = 4096;

/**
 * The key of user hashes that all processes of the service share: the one that is kept, or a new random one. Of several
 * processes that make one at the same time one wins, and all get that.
 *
 * @throws UnusablePlace when the file is not ours or holds no key
 */
export async function keptUserHashKey(serviceFolder: string): Promise<string> {
  const path = join(serviceFolder, KEY_FILE);
  const kept = await readKey(path);
  if (kept !== undefined) return kept;
  const unfinished = `${path}.${nodeCrypto().randomBytes(8).toString('hex')}`;
  const handle = await open(unfinished, NEW_FILE, FILE_MODE);
  try {
    await handle.write(`${nodeCrypto().randomBytes(32).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // a name appears with its whole content, and only where there is none
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(unfinished).catch(() => {});
  }
  const key = await readKey(path);
  if (key === undefined) throw new UnusablePlace(`${path} is gone again`);
  return key;
}

/** The key that is kept, where there is one that may be used. Never rejects, and makes nothing. */
export async function existingUserHashKey(serviceFolder: string): Promise<string | undefined> {
  try {
    if (folderProblem(serviceFolder, await lstat(serviceFolder)) !== undefined) return undefined;
    return await readKey(join(serviceFolder, KEY_FILE));
  } catch {
    // what is wrong is told when the folder is opened
    return undefined;
  }
}

async function readKey(path: string): Promise<string | undefined> {
  const text = (await readOwnFile(path, MOST_BYTES))?.toString('latin1').trim();
  if (text !== undefined && !KEY.test(text)) throw new UnusablePlace(`${path} holds no key`);
  return text;
}
