import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const SHORTEST = 13;
const LONGEST = 19;
const MOST_GROUPS = 5;
const DIGITS = /\d+/g;

interface Group {
  start: number;
  end: number;
}

/**
 * Card numbers: 13 to 19 digits in one piece or in groups (4-4-4-4, 4-6-5 …) with one space or dash between, first
 * digit 2 to 6, right by Luhn, not a part of a longer word or number.
 */
export const cardNumberRule: ScanRule = {
  name: 'card number',
  needs: Has.cardDigits,
  scan(text, _policy, cut) {
    let chain: Group[] = [];
    const close = () => {
      cutCards(text, chain, cut);
      chain = [];
    };
    DIGITS.lastIndex = 0;
    for (let found = DIGITS.exec(text); found !== null; found = DIGITS.exec(text)) {
      const last = chain.at(-1);
      if (last !== undefined && !isGap(text, last.end, found.index)) close();
      const size = found[0].length;
      if (chain.length > 0 || mayBegin(size)) chain.push({ start: found.index, end: found.index + size });
    }
    close();
  },
};

function mayBegin(size: number): boolean {
  return size === 4 || (size >= SHORTEST && size <= LONGEST);
}

function isGap(text: string, from: number, to: number): boolean {
  return to - from === 1 && (text[from] === ' ' || text[from] === '-');
}

function cutCards(text: string, chain: readonly Group[], cut: (start: number, end: number) => void): void {
  for (let first = 0; first < chain.length; first += 1) {
    const last = cardEnd(text, chain, first);
    if (last === -1) continue;
    cut((chain[first] as Group).start, (chain[last] as Group).end);
    first = last;
  }
}

/** The last group of the card that begins with this group, or -1. */
function cardEnd(text: string, chain: readonly Group[], first: number): number {
  const { start, end } = chain[first] as Group;
  const size = end - start;
  if (!mayBegin(size) || !/[2-6]/.test(text[start] as string)) return -1;
  if (/[\w.]/.test(text[start - 1] ?? ' ')) return -1;
  let digits = 0;
  let longest = -1;
  for (let last = first; last < chain.length && last < first + MOST_GROUPS; last += 1) {
    const group = chain[last] as Group;
    digits += group.end - group.start;
    if (digits > LONGEST) break;
    if (digits < SHORTEST || /\w/.test(text[group.end] ?? ' ')) continue;
    if (isLuhn(text.slice(start, group.end))) longest = last;
  }
  return longest;
}

function isLuhn(text: string): boolean {
  let sum = 0;
  let double = false;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) continue;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    double = !double;
  }
  return sum % 10 === 0;
}
