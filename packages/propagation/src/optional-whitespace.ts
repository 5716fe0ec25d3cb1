const SPACE = 0x20;
const TAB = 0x09;

/** Optional whitespace of HTTP: spaces and tabs, nothing else (RFC 9110, section 5.6.3). */
function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Where the text between `start` and `end` begins without the whitespace around it; `end` when there is nothing else. */
export function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

/** Where it ends without the whitespace around it. */
export function dropBlanks(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isBlank(text.charCodeAt(index - 1))) index -= 1;
  return index;
}

/** The text without whitespace around it. */
export function withoutBlanks(text: string): string {
  const start = skipBlanks(text, 0, text.length);
  const end = dropBlanks(text, start, text.length);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
