/** A class's content without these characters. @typedef {{ readonly first: string, readonly rest: string }} Characters */

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** @param {readonly string[]} excluded @returns {string} a class of all other letters, as ranges */
function lettersBut(excluded) {
  const runs = ALPHABET.split(new RegExp(`[${excluded.join('')}]`)).filter((run) => run !== '');
  return `[${runs.map((run) => (run.length < 3 ? run : `${run[0]}-${run.at(-1)}`)).join('')}]`;
}

/**
 * A pattern of a value that is any but some words, in any case, and but a row of one letter. RE2 cannot look ahead: so a value
 * has something in it that is no letter, or leaves the words' tree at one of their letters.
 * @param {readonly string[]} words of small letters
 * @param {string} row the letter
 * @param {Characters} characters what a value does not begin with, and what it has not, as contents of negated classes
 */
export function butWords(words, row, { first, rest }) {
  /** @param {string} before @returns {string} */
  const behind = (before) => {
    const longer = words.filter((word) => word.startsWith(before) && word !== before);
    if (longer.length === 0) return '[a-z]';
    const letters = [...new Set(longer.map((word) => word[before.length] ?? ''))].sort();
    const ways = letters.map((letter) => `${letter}${behind(before + letter)}`);
    if (before === '') return [lettersBut([...letters, row]), ...ways].join('|');
    return `(?:${[lettersBut(letters), ...ways, ...(words.includes(before) ? [] : ['\\b'])].join('|')})`;
  };
  const notLetters = `[a-z]+[^a-z${rest}]|[^a-z${first}]`;
  return `(?i:(?:${notLetters}|${row}+${lettersBut([row])}|${behind('')})[^${rest}]*)`;
}
