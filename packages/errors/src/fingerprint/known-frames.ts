import { cleanText } from '@otel-monitor/runtime';

/** Longest text of frames that is read, in UTF-16 units. */
const MAX_LENGTH = 16_384;
const MAX_KNOWN = 1000;

/** What is known of one stack trace's frames. The same text gives the same object while it is remembered. */
export interface KnownFrames {
  /** The frames as they leave: one a line, each with its line feed in front, secrets taken out. */
  readonly text: string;
  /** What is alike in the frames of the same fault, on every machine and in every build of one release. */
  readonly signature: string;
  /** Where in the application it happened, for a person: `extract (sprites/extract.ts)`; undefined without such a frame. */
  readonly culprit: string | undefined;
}

const known = new Map<string, KnownFrames>();

/**
 * Reads the frames of a stack trace. An error thrown at the same place again has the same text, so that reading it, and
 * taking secrets out of it, is done once.
 *
 * @param text the part of `error.stack` after its message
 */
export function knownFrames(text: string): KnownFrames {
  const found = known.get(text);
  if (found !== undefined) return found;
  const read = readFrames(text.slice(0, MAX_LENGTH));
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value as string);
  known.set(text, read);
  return read;
}

function readFrames(text: string): KnownFrames {
  const names = [...text.matchAll(/\n\s+at (?:async )?(?:new )?([\w$.<>[\] ]+) \(/g)].map(([, name]) => name as string);
  return { text: cleanText(text, MAX_LENGTH), signature: names.join('\n'), culprit: names[0] };
}
