/** A text while its template is made. */
export interface Scan {
  readonly text: string;
  /** Closing marks that do not occur any more: nobody looks for them again. */
  unclosed: string;
  /** Characters that were read to find the end of a group. */
  steps: number;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’', '«': '»' };
/** All groups of a text together: what is nested deeper than this allows is read as words. */
const MAX_STEPS = 4096;

/** Where the quotation that begins at `at` ends, behind its mark; -1 where none begins, or nothing closes it. */
export function quotationEnd(scan: Scan, at: number): number {
  const { text } = scan;
  const code = text.charCodeAt(at);
  if (code !== 34 && code !== 39 && code !== 96 && code < 128) return -1;
  const closing = CLOSING[text[at] as string];
  // an apostrophe stands within a word
  if (closing === undefined || scan.unclosed.includes(closing) || isWord(text.charCodeAt(at - 1))) return -1;
  let escaped = -1;
  for (let end = text.indexOf(closing, at + 1); end !== -1; end = text.indexOf(closing, end + 1)) {
    if (isWord(text.charCodeAt(end + 1))) continue;
    if (text.charCodeAt(end - 1) !== 92) return end + 1;
    if (escaped === -1) escaped = end + 1;
  }
  // a folder of Windows may end so
  if (escaped !== -1) return escaped;
  scan.unclosed += closing;
  return -1;
}

/** Where the object or list that begins at `at` as in JSON ends, behind its bracket; -1 where none begins. */
export function groupEnd(scan: Scan, at: number): number {
  const { text } = scan;
  const code = text.charCodeAt(at);
  if (code !== 123 && code !== 91) return -1;
  const next = text.charCodeAt(text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1);
  const isGroup =
    code === 91
      ? beginsItem(next)
      : beginsItem(next) || next === 125 || /^\{\s?[\w$-]{1,64}\s?:/.test(text.slice(at, at + 70));
  if (!isGroup) return -1;
  let depth = 0;
  let inString = false;
  for (let index = at; index < text.length && scan.steps < MAX_STEPS; index += 1) {
    scan.steps += 1;
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 92) index += 1;
      else if (unit === 34) inString = false;
    } else if (unit === 34) inString = true;
    else if (unit === 123 || unit === 91) depth += 1;
    else if (unit === 125 || unit === 93) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  // cut off within: all that is left belongs to it
  return code === 123 && next === 34 && scan.steps < MAX_STEPS ? text.length : -1;
}

/** A digit, a minus, a quotation or a further group. */
function beginsItem(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 34 || code === 39 || code === 123 || code === 91;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
