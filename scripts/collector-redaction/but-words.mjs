/** A class's content without these characters. @typedef {{ readonly first: string, readonly rest: string }} Characters */

/**
 * A pattern of a value that is any but some words: RE2 cannot look ahead, so it is written as their tree, with a way out at each letter.
 * @param {readonly string[]} words of small letters
 * @param {Characters} characters what a value does not begin with, and what it has not, as contents of negated classes
 */
export function butWords(words, { first, rest }) {
  /** @param {string} before @param {string} excluded */
  const behind = (before, excluded) => {
    const longer = words.filter((word) => word.startsWith(before) && word !== before);
    const letters = [...new Set(longer.map((word) => word[before.length] ?? ''))].sort();
    /** @type {string[]} */
    const ways = [`[^${excluded}${letters.join('')}][^${rest}]*`];
    for (const letter of letters) ways.push(`${letter}${behind(before + letter, rest)}`);
    if (before !== '' && !words.includes(before)) ways.push('\\b');
    return ways.length === 1 ? (ways[0] ?? '') : `(?:${ways.join('|')})`;
  };
  return behind('', first);
}
