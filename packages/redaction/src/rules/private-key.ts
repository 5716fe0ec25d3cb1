import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;

/** PEM private keys, from BEGIN to END; one whose end was cut off goes to the end of the text. */
export const privateKeyRule: ScanRule = {
  name: 'private key',
  needs: Has.dash | Has.space,
  scan(text, _policy, cut) {
    let from = text.indexOf('-----BEGIN ');
    while (from !== -1) {
      BEGIN.lastIndex = from;
      const begin = BEGIN.exec(text);
      if (begin === null) {
        from = text.indexOf('-----BEGIN ', from + 11);
        continue;
      }
      const end = text.indexOf('-----END ', from + begin[0].length);
      const close = end === -1 ? -1 : text.indexOf('-----', end + 9);
      const after = close === -1 ? text.length : close + 5;
      cut(from, after);
      from = text.indexOf('-----BEGIN ', after);
    }
  },
};
