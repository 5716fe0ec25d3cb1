import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';

/** Kinds of the modular crypt format and PHC strings: bcrypt, MD5, SHA-256, SHA-512, yescrypt, Argon2, scrypt, PBKDF2. */
const KINDS = [
  '2a$',
  '2b$',
  '2x$',
  '2y$',
  '1$',
  '5$',
  '6$',
  '7$',
  'y$',
  'apr1$',
  'argon2i$',
  'argon2d$',
  'argon2id$',
  'scrypt$',
  'pbkdf2',
];
const SHORTEST = 28;

/** Hashes of passwords, which can be guessed back: `$2b$10$…`. */
export const passwordHashRule: Rule = {
  name: 'password hash',
  at: ['$2', '$1', '$5', '$6', '$7', '$y', '$a', '$s', '$p'],
  look(scan, at) {
    if (!KINDS.some((kind) => scan.has(at + 1, kind))) return at;
    let end = at + 1;
    while (
      end < scan.length &&
      ((scan.classAt(end) & Is.token68) !== 0 || scan.codes[end] === 36 || scan.codes[end] === 44)
    )
      end += 1;
    while (scan.codes[end - 1] === 44 || scan.codes[end - 1] === 46) end -= 1;
    if (end - at < SHORTEST) return at;
    scan.cut(at, end);
    return end;
  },
};
