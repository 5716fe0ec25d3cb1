/**
 * Keys of makers as patterns of RE2, from the tables of packages/redaction: each maker's beginning, and what follows it.
 */
import { cloudKeyRules } from '../../packages/redaction/dist/rules/vendor-keys/cloud-keys.js';
import { developerKeyRules } from '../../packages/redaction/dist/rules/vendor-keys/developer-keys.js';
import { serviceKeyRules } from '../../packages/redaction/dist/rules/vendor-keys/service-keys.js';
import { Is } from '../../packages/redaction/dist/scan/characters.js';

/** @typedef {import('../../packages/redaction/src/rules/vendor-keys/key-shape.js').KeyShape} KeyShape */

/** A long repetition is as many instructions to RE2: behind a beginning that nothing else has, this many are enough. */
const ENOUGH = 20;
const CLASSES = new Map([
  [Is.hex, '0-9A-Fa-f'],
  [Is.word, '0-9A-Za-z'],
  [Is.upper | Is.digit, '0-9A-Z'],
  [Is.token, '\\w-'],
  [Is.token68, '\\w.~+/=-'],
]);

/** @param {string} text */
export const literal = (text) => text.replace(/[.$+*?()[\]{}|\\^]/g, '\\$&');
/** @param {string} text */
const inClass = (text) => text.replace(/[\\\]^-]/g, '\\$&');

/**
 * What follows a beginning.
 * @param {KeyShape} shape
 * @param {boolean} isDistinct
 */
function bodyOf({ of, least, most, also = '' }, isDistinct) {
  const members = CLASSES.get(of);
  if (members === undefined) throw new Error(`no class of RE2 for ${of}`);
  const hasDash = members.endsWith('-') || also.includes('-');
  const set = `[${members.replace(/-$/, '')}${inClass(also.replace('-', ''))}${hasDash ? '-' : ''}]`;
  if (most !== undefined) return `${set}{${least}${most === least ? '' : `,${most}`}}\\b`;
  return `${set}{${isDistinct ? Math.min(least, ENOUGH) : least},}`;
}

/** A beginning that no word has in its midst: then it may stand there, and RE2 finds it without reading the rest. */
const isDistinct = (/** @type {string} */ beginning) => /^.{3,}[_.-]$|^.{5,}$|^[A-Z]{4}$/.test(beginning);

/**
 * The keys of about 80 makers: those with a beginning that tells, by the two letters that they begin with, and those that count
 * where a word starts. RE2 looks for the letters that a whole pattern begins with, and reads on only there.
 */
function makerKeys() {
  /** @type {Map<string, Map<string, string[]>>} */
  const distinct = new Map();
  /** @type {string[]} */
  const short = [];
  for (const { shape } of [...cloudKeyRules, ...developerKeyRules, ...serviceKeyRules]) {
    const beginnings = [...shape.at].sort();
    for (const beginning of beginnings.filter(isDistinct)) {
      const letters = beginning.slice(0, 2);
      const bodies = distinct.get(letters) ?? new Map();
      const body = bodyOf(shape, true);
      distinct.set(letters, bodies.set(body, [...(bodies.get(body) ?? []), literal(beginning.slice(2))]));
    }
    const others = beginnings.filter((beginning) => !isDistinct(beginning)).map(literal);
    if (others.length > 0) short.push(`(?:${others.join('|')})${bodyOf(shape, false)}`);
  }
  const patterns = [...distinct].map(([letters, bodies]) => {
    const keys = [...bodies].map(([body, ends]) => oneOf(ends) + body);
    return letters + oneOf(keys);
  });
  return { distinct: patterns.sort(), short: short.sort() };
}
/** @param {readonly string[]} patterns */
const oneOf = (patterns) => (patterns.length === 1 ? (patterns[0] ?? '') : `(?:${patterns.join('|')})`);

const makers = makerKeys();
/** By the letters that they begin with. */
export const makerKeyPatterns = makers.distinct;
const half = Math.ceil(makers.short.length / 2);
export const wordKeys = [makers.short.slice(0, half), makers.short.slice(half)].map(
  (part) => `\\b(?:${part.join('|')})`,
);
/** The beginnings that tell, by what follows them: many in one pattern, which is short enough to stand in many places. */
export function makerKeysTogether() {
  /** @type {Map<string, string[]>} */
  const byBody = new Map();
  for (const { shape } of [...cloudKeyRules, ...developerKeyRules, ...serviceKeyRules]) {
    const body = `[${CLASSES.get(shape.of)}]{${Math.min(shape.least, ENOUGH)},}`;
    byBody.set(body, [...(byBody.get(body) ?? []), ...shape.at.filter(isDistinct).map(literal)]);
  }
  const groups = [...byBody].filter(([, beginnings]) => beginnings.length > 0);
  return groups.map(([body, beginnings]) => `(?:${beginnings.sort().join('|')})${body}`).sort();
}
