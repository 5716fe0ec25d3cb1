import type { DescribedError } from '../description/described-error.js';
import type { KnownFrames } from './known-frames.js';

/** Errors that were grouped by raw frames while a source map was read; beyond these, groups stay as they are. */
const MAX_PENDING = 200;
const MAX_DEPTH = 16;

/**
 * Is told that the errors of one group belong to another one, which may not be there yet; or, with the same id twice, that
 * the group has another culprit and another stack now.
 */
export type RegroupListener = (fromId: string, toId: string) => void;

/** One error of a group that was made of raw frames. */
interface Pending {
  readonly error: DescribedError;
  /** Makes the group's id anew. */
  readonly groupId: () => string;
}

const listeners = new Set<RegroupListener>();
const pending = new Map<string, Pending>();

/** Calls the listener for each group that is told by its sources from now on; gives the way back. */
export function onRegrouped(listener: RegroupListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether what is told of these frames, or of a cause's, may change yet. */
export function isWaiting(error: DescribedError, depth = 0): boolean {
  if (error.frames?.isWaiting === true) return true;
  return depth < MAX_DEPTH && error.causes.some((cause) => isWaiting(cause, depth + 1));
}

/** Remembers a group that was made of frames whose source maps are not there yet. */
export function groupedWithoutMaps(fromId: string, error: DescribedError, groupId: () => string): void {
  if (pending.size < MAX_PENDING) pending.set(fromId, { error, groupId });
}

/** Tells whose groups change now that these frames are read anew. */
export function framesChanged(frames: KnownFrames): void {
  for (const [fromId, { error, groupId }] of [...pending]) {
    if (!holds(error, frames)) continue;
    const toId = groupId();
    pending.delete(fromId);
    if (isWaiting(error)) groupedWithoutMaps(toId, error, groupId);
    for (const listener of listeners) listener(fromId, toId);
  }
}

function holds(error: DescribedError, frames: KnownFrames, depth = 0): boolean {
  if (error.frames === frames) return true;
  return depth < MAX_DEPTH && error.causes.some((cause) => holds(cause, frames, depth + 1));
}
