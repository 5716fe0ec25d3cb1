import { copied, cutText } from '@otel-monitor/runtime';

/** Where the frames of a stack trace begin (V8: four spaces and `at`). */
const FRAMES = '\n    at ';
/** Longest text of frames that is told, in UTF-16 units. */
const FRAMES_LENGTH = 16_384;
/** How far into a stack its message, and its first frame, are looked for. */
const PREFIX_LENGTH = 512;
const SEARCH_LENGTH = 65_536;
/** What a text holds besides itself is worth a copy from here on. */
const LONG_HEAD = 1024;
/** A class before the message: it is told better by `name`, which may have been given later. */
const PLAIN_PREFIX = /^[\w$.]{1,64}: $/;

/** A stack trace in two. */
export interface StackParts {
  /** What stands before the frames; undefined when it says no more than type and message. */
  readonly head: string | undefined;
  /** Frames, one a line, each with its line feed in front; undefined when there are none. */
  readonly frames: string | undefined;
}

/**
 * Takes `stack` apart. Where the frames begin is worked out from type and message: a message may have lines that look like
 * frames, or be of 5 MB. At most the first and the last 64 KB are searched.
 */
export function stackParts(stack: string, name: string, message: string): StackParts {
  const usual = message === '' ? name.length : name.length + 2 + message.length;
  if (name.length <= PREFIX_LENGTH && stack.startsWith(FRAMES, usual) && stack.startsWith(name)) {
    return { head: undefined, frames: framesFrom(stack, usual) };
  }
  const prefix = prefixLength(stack, message);
  if (prefix >= 0) {
    const isPlain = PLAIN_PREFIX.test(stack.slice(0, prefix));
    const at = prefix + message.length;
    return { head: isPlain ? undefined : stack.slice(0, at), frames: framesFrom(stack, at) };
  }
  const at = firstFrame(stack);
  if (at >= 0) return { head: stack.slice(0, at), frames: framesFrom(stack, at) };
  const isUsual = stack.length === usual && stack.startsWith(name) && stack.endsWith(message.slice(-PREFIX_LENGTH));
  return { head: isUsual ? undefined : stack, frames: undefined };
}

/** How much stands before the message, where the frames follow it; -1 when it is not found like this. */
function prefixLength(stack: string, message: string): number {
  if (message === '') return -1;
  const prefix = stack.slice(0, 2 * PREFIX_LENGTH).indexOf(message.slice(0, PREFIX_LENGTH));
  return prefix >= 0 && stack.startsWith(FRAMES, prefix + message.length) ? prefix : -1;
}

function firstFrame(stack: string): number {
  const at = stack.slice(0, SEARCH_LENGTH).indexOf(FRAMES);
  if (at >= 0 || stack.length <= SEARCH_LENGTH) return at;
  const end = stack.length - SEARCH_LENGTH;
  const later = stack.slice(end).indexOf(FRAMES);
  return later < 0 ? -1 : end + later;
}

function framesFrom(stack: string, at: number): string {
  const frames = stack.slice(at);
  if (frames.length > FRAMES_LENGTH) return cutText(frames, FRAMES_LENGTH);
  return at > LONG_HEAD ? copied(frames) : frames;
}
