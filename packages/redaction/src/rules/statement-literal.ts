import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const APOSTROPHE = 39;
const QUOTATION = 34;
const QUESTION = 63;
/** What the semantic conventions put in the place of a literal (`db.query.text`). */
const LITERAL = '?';

/**
 * Literals of a database statement, in attributes that hold one: `'…'`, and `"…"` where a value stands; of Redis, the
 * password after AUTH.
 */
export const statementLiteralRule: Rule = {
  name: 'statement literal',
  at: ["'", '"', 'AUTH ', 'auth ', 'requirepass '],
  look(scan, at) {
    const code = scan.codes[at];
    if (code === APOSTROPHE || (code === QUOTATION && isAfterOperator(scan, at))) return literal(scan, at);
    if (code === QUOTATION) return at;
    return command(scan, at);
  },
};

function literal(scan: Scan, at: number): number {
  const end = literalEnd(scan, at);
  // `"a" = "b"."c"` are names, and so is what a colon follows in a command of a document database
  if (scan.codes[at] === QUOTATION && (scan.codes[end] === 46 || isBeforeColon(scan, end))) return at;
  // an instrumentation took it out already
  if (end === at + 3 && scan.codes[at + 1] === QUESTION) return at;
  scan.cut(at, end, LITERAL);
  return end;
}

/** After the closing quote; a doubled quote and one after a backslash do not close. */
function literalEnd(scan: Scan, open: number): number {
  const quote = scan.codes[open];
  for (let at = open + 1; at < scan.length; at += 1) {
    if (scan.codes[at] === 92) at += 1;
    else if (scan.codes[at] === quote && scan.codes[at + 1] === quote) at += 1;
    else if (scan.codes[at] === quote) return at + 1;
  }
  return scan.length;
}

function isBeforeColon(scan: Scan, end: number): boolean {
  let after = end;
  while (after < scan.length && after - end < 4 && scan.codes[after] === 32) after += 1;
  return scan.codes[after] === 58 && scan.codes[after + 1] !== 58;
}

/** `=`, `(`, `,`, `:`, `[` and what ends with one of them, before spaces. */
function isAfterOperator(scan: Scan, at: number): boolean {
  let before = at;
  while (before > scan.floor && at - before < 4 && scan.codes[before - 1] === 32) before -= 1;
  const code = before > 0 ? scan.codes[before - 1] : 0;
  return code === 61 || code === 40 || code === 44 || code === 60 || code === 62 || code === 58 || code === 91;
}

/** The arguments of the command, to the end of its line. */
function command(scan: Scan, at: number): number {
  const start = scan.runEnd(at, Is.letter) + 1;
  let end = start;
  while (end < scan.length && scan.codes[end] !== 10) end += 1;
  if (end === start || scan.isReplaced(start)) return at;
  scan.cut(start, end);
  return end;
}
