const ZERO = 48;
const SPACE = 32;
const TAB = 9;

/** A number that was read and where it ended. */
export interface Digits {
  readonly value: number;
  readonly end: number;
}

/** The whole number at `from`, blanks before it skipped; undefined when there is none. */
export function digitsAt(text: string, from: number): Digits | undefined {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  const start = at;
  let value = 0;
  for (;;) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    at += 1;
  }
  return at === start ? undefined : { value, end: at };
}

/**
 * The number behind `label` where it begins a line that is whole: a line without its end may have been cut within the
 * number.
 */
export function labelled(text: string, label: string): number | undefined {
  let at = text.startsWith(label) ? 0 : text.indexOf(`\n${label}`);
  if (at < 0) return undefined;
  if (at > 0) at += 1;
  const digits = digitsAt(text, at + label.length);
  return digits === undefined || text.indexOf('\n', digits.end) < 0 ? undefined : digits.value;
}

/** The lines of a text that are whole. */
export function* wholeLines(text: string): Generator<string> {
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    if (end < 0) return;
    yield text.slice(from, end);
    from = end + 1;
  }
}
