import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const MAX_COLOUR = 12;

/**
 * Not a secret, but what may stand right before one: `\n` and `\u0022` of escaped text, `%20` of addresses, the colours of
 * a terminal, and what was replaced before. A word starts after it.
 */
export const escapeRule: Rule = {
  name: 'escape',
  at: [
    ...[...'uxnrtbf'].map((letter) => `\\${letter}`),
    ...[...'0123456789abcdefABCDEF'].map((digit) => `%${digit}`),
    '\u001b[',
    '[',
  ],
  look(scan, at) {
    const end = escapeEnd(scan, at);
    if (end > at) scan.boundary = end;
    return end;
  },
};

function escapeEnd(scan: Scan, at: number): number {
  const code = scan.codes[at + 1] as number;
  switch (scan.codes[at]) {
    case 92:
      if (code === 117 && scan.runEnd(at + 2, Is.hex, 4) === at + 6) return at + 6;
      if (code === 120 && scan.runEnd(at + 2, Is.hex, 2) === at + 4) return at + 4;
      return code === 110 || code === 114 || code === 116 || code === 98 || code === 102 ? at + 2 : at;
    case 91:
      return scan.isReplaced(at) ? at + scan.policy.replacement.length : at;
    case 37:
      return scan.runEnd(at + 1, Is.hex, 2) === at + 3 ? at + 3 : at;
    default: {
      let end = at + 2;
      while (end < at + MAX_COLOUR && ((scan.classAt(end) & Is.digit) !== 0 || scan.codes[end] === 59)) end += 1;
      return end + 1;
    }
  }
}
