import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';
import { quotedEnd } from './assignment/enclosed-value.js';
import { isPlaceholder } from './assignment/placeholder.js';

/** How far a line is followed. */
const MAX_LINE = 256;

/** What the flags of a program mean, as bits. */
const Takes = { glued: 1, p: 2, a: 4, P: 8, w: 16, u: 32 } as const;
/** Programs, the letters of their flags that take a password, and whether it stands right behind the letter. */
const PROGRAMS: Readonly<Record<string, number>> = {
  mysql: Takes.glued,
  mysqldump: Takes.glued,
  mysqladmin: Takes.glued,
  mariadb: Takes.glued,
  'mariadb-dump': Takes.glued,
  sshpass: Takes.p,
  'docker login': Takes.p,
  'podman login': Takes.p,
  'helm registry login': Takes.p,
  'az login': Takes.p,
  mongo: Takes.p,
  mongosh: Takes.p,
  'redis-cli': Takes.a,
  sqlcmd: Takes.P,
  ldapsearch: Takes.w,
  ldapmodify: Takes.w,
  ldapadd: Takes.w,
  curl: Takes.u,
};

/** Passwords that programs take by a flag of one letter: `mysql -phunter2`, `curl -u owner:hunter2`. */
export const commandLineRules: readonly Rule[] = [
  ...Object.entries(PROGRAMS)
    .sort(([one], [other]) => other.length - one.length)
    .map(([program, takes]) => programRule(program, takes)),
  {
    name: 'command line',
    at: ['-p', '-P', '-a', '-u', '-w'],
    before: Is.space,
    look: (scan, at) => (at < scan.lineTo && scan.program !== 0 && scan.before(at) === 32 ? password(scan, at) : at),
  },
];

/** Remembers the program and up to where its line goes. */
function programRule(program: string, takes: number): Rule {
  return {
    name: program,
    at: [`${program} `],
    look(scan, at, length) {
      if (at >= scan.lineTo) {
        let end = at;
        while (end < at + MAX_LINE && end < scan.length && scan.codes[end] !== 10 && scan.codes[end] !== 13) end += 1;
        scan.lineTo = end;
      }
      scan.program = takes;
      return at + length - 1;
    },
  };
}

function password(scan: Scan, at: number): number {
  const isGlued = (scan.classAt(at + 2) & Is.space) === 0 && at + 2 < scan.length;
  switch (scan.codes[at + 1]) {
    case 112:
      return scan.program === (isGlued ? Takes.glued : Takes.p) ? cutWord(scan, at, isGlued ? at + 2 : at + 3) : at;
    case 97:
      return scan.program === Takes.a && !isGlued ? cutWord(scan, at, at + 3) : at;
    case 80:
      return scan.program === Takes.P && !isGlued ? cutWord(scan, at, at + 3) : at;
    case 119:
      return scan.program === Takes.w && !isGlued ? cutWord(scan, at, at + 3) : at;
    default:
      return scan.program === Takes.u && !isGlued && hasColon(scan, at + 3) ? cutWord(scan, at, at + 3) : at;
  }
}

function cutWord(scan: Scan, at: number, first: number): number {
  const isQuoted = (scan.classAt(first) & Is.quote) !== 0;
  const start = isQuoted ? first + 1 : first;
  const end = isQuoted ? quotedEnd(scan, first, first) : wordEnd(scan, start);
  if (end <= start || scan.isReplaced(start) || scan.codes[start] === 45 || isPlaceholder(scan, start, end)) return at;
  scan.cut(start, end);
  return end;
}

function wordEnd(scan: Scan, start: number): number {
  let end = start;
  while (end < scan.length && (scan.classAt(end) & (Is.space | Is.quote)) === 0) end += 1;
  return end;
}

/** `owner:password`, not a name alone, for which the program asks. */
function hasColon(scan: Scan, start: number): boolean {
  for (let at = start; at < scan.lineTo && scan.codes[at] !== 32; at += 1) if (scan.codes[at] === 58) return true;
  return false;
}
