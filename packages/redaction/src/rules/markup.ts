import { isSecret } from '../keys/key-matcher.js';
import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import { isRemark } from './assignment/remark.js';

const MAX_NAME = 64;
const MAX_TAG = 128;
const LESS = 60;
const GREATER = 62;

/** `<password>hunter2</password>`: what stands in an element that is secret by its name. */
export const markupRule: Rule = {
  name: 'markup',
  at: ['<'],
  after: Is.key,
  look(scan, at) {
    const { codes } = scan;
    const name = at + 1;
    const nameEnd = scan.runEnd(name, Is.key, MAX_NAME);
    if (nameEnd === name) return at;
    // `ns:name`
    const local = codes[nameEnd] === 58 ? scan.runEnd(nameEnd + 1, Is.key, MAX_NAME) : nameEnd;
    if (!isSecret(scan.policy.keys.tell(codes, name, local))) return at;
    let open = local;
    while (open < local + MAX_TAG && open < scan.length && codes[open] !== GREATER && codes[open] !== LESS) open += 1;
    if (codes[open] !== GREATER || codes[open - 1] === 47) return at;
    const start = open + 1;
    let end = start;
    while (end < scan.length && codes[end] !== LESS) end += 1;
    if (end === start || codes[end + 1] !== 47 || scan.isReplaced(start) || isRemark(scan, start, end, true, false))
      return at;
    scan.cut(start, end);
    return end;
  },
};
