import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const AUTHORITY = /[^\s/?#"'`<>\\]*/y;

/** `scheme://user:pass@host`: everything before the last @ of the authority. `git@` alone is a custom, no secret. */
export const urlCredentialsRule: ScanRule = {
  name: 'url credentials',
  needs: Has.at | Has.assign | Has.slash,
  scan(text, _policy, cut) {
    for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
      AUTHORITY.lastIndex = at + 3;
      const authority = AUTHORITY.exec(text)?.[0] ?? '';
      const end = authority.lastIndexOf('@');
      if (end > 0 && authority.slice(0, end) !== 'git') cut(at + 3, at + 3 + end);
    }
  },
};
