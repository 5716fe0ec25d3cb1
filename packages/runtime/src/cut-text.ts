/**
 * So much more is searched for secrets than is kept, in UTF-16 units: a secret that is cut in half is not known as one any
 * more.
 */
export const OVERLAP = 256;

/** A copy is made where a cut would hold at least this much more than it shows, in UTF-16 units. */
const WORTH_A_COPY = 1024;

/**
 * The first `limit` UTF-16 units of a text, without half a character at the end. V8 lets a part of a text hold the whole;
 * what is cut off much is a copy, so that 5 MB are not held for the sake of their beginning.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  const start = text.slice(0, end);
  return text.length - end < WORTH_A_COPY ? start : copied(start);
}

/** The same text, holding no other. */
export function copied(text: string): string {
  // joined to something else it becomes a text of its own as soon as a part of it is asked for
  return ` ${text}`.slice(1);
}
