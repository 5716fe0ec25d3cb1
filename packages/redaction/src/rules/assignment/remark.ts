import { WordAutomaton } from '../../keys/word-automaton.js';
import { Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';
import { isPlaceholder } from './placeholder.js';

/** What a word says that stands where a secret would. */
const Says = {
  /** There is no secret: `null`, `missing`, `string`. */
  nothing: 1,
  /** A sentence begins, if the word is not in quotes: `password: must be longer`. */
  sentence: 2,
  /** A sentence begins, in quotes as well. */
  always: 4,
  /** What programs keep values in: `config.password`. */
  object: 8,
} as const;

const list = (bits: number, text: string) => text.split(' ').map((word) => [word, bits] as const);

const words = new WordAutomaton(
  [
    ...list(
      Says.nothing,
      'undefined null true false none nil string number boolean str int bool any unknown object void',
    ),
    ...list(
      Says.nothing,
      'yes no on off required optional missing invalid expired empty enabled disabled unset hidden',
    ),
    ...list(
      Says.nothing,
      'masked redacted filtered removed omitted present absent valid incorrect wrong unchanged revoked',
    ),
    ...list(Says.nothing, 'denied unauthorized never nan rejected accepted forbidden changed verified refreshed'),
    ...list(
      Says.sentence,
      'must should shall is was are were not cannot can could may might has have had field please the',
    ),
    ...list(Says.sentence, 'a an this that these too at in to of for from by with and or if when but will would value'),
    ...list(
      Says.sentence,
      'expects expected unexpected does do did contains contain needs need length between user users',
    ),
    ...list(
      Says.sentence,
      'only per see use using used after before because since than as be been being it its your you we',
    ),
    ...list(
      Says.sentence,
      'they there here which who how why what where while until unless more less least most all each',
    ),
    ...list(
      Says.sentence,
      'every some other another same such so very just also still already always again either neither',
    ),
    ...list(
      Says.sentence,
      'both failed failure error errors check enter try provide provided given received sent found',
    ),
    ...list(Says.sentence, 'permission access request requests unable could couldn doesn isn wasn password passwords'),
    ...list(Says.sentence, 'credentials authentication authorization cookie session fails denies requires await new'),
    ...list(
      Says.always,
      'must should is was cannot can may has field required invalid missing please expected does not too',
    ),
    ...list(Says.always, 'unexpected contains needs'),
    ...list(
      Says.object,
      'process req request this self config options opts env import os ctx props params body secrets',
    ),
    ...list(
      Says.object,
      'vars args settings event state form input user row data result response res account session client message headers',
    ),
  ],
  0,
  Says.nothing | Says.sentence | Says.always | Says.object,
);

const MAX_WORD = 16;

/** True when what stands in the place of a secret is none: a word about it, the start of a sentence, a placeholder. */
export function isRemark(scan: Scan, start: number, end: number, isQuoted: boolean, isCompared: boolean): boolean {
  if ((scan.classAt(start) & Is.letter) === 0) return isPlaceholder(scan, start, end);
  const wordEnd = scan.runEnd(start, Is.letter, MAX_WORD + 1);
  const following = scan.codes[wordEnd];
  const isWord = wordEnd === end || following === SPACE;
  if (wordEnd - start <= MAX_WORD && (isWord || (following === DOT && !isQuoted))) {
    const says = words.match(scan.codes, start, wordEnd);
    if (wordEnd === end && (says & Says.nothing) !== 0) return true;
    if (isWord && (says & (Says.nothing | Says.sentence)) !== 0 && !isQuoted) return true;
    if ((says & Says.always) !== 0 && following === SPACE && wordEnd < end) return true;
    if ((says & Says.object) !== 0 && following === DOT && !isQuoted) return isCode(scan, wordEnd, end);
  }
  if (isPlaceholder(scan, start, end)) return true;
  if (isQuoted) return false;
  if (isCall(scan, start, end)) return true;
  return isCompared && isCode(scan, start, end);
}

const SPACE = 32;
const DOT = 46;
const BRACKET = 40;

/** `getToken(user)`, `user.token(1)`: a name of three letters and more, and an opening bracket. */
function isCall(scan: Scan, start: number, end: number): boolean {
  let at = start;
  while (at < end && ((scan.classAt(at) & Is.letter) !== 0 || scan.codes[at] === DOT || scan.codes[at] === 95)) at += 1;
  return at - start > 2 && at < end && scan.codes[at] === BRACKET;
}

/** Names with dots, brackets and quotes between: `req.body.password`. */
function isCode(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = scan.codes[at] as number;
    if (
      (scan.classAt(at) & (Is.letter | Is.quote)) === 0 &&
      code !== DOT &&
      code !== 95 &&
      code !== 36 &&
      code !== 91 &&
      code !== 93
    )
      return false;
  }
  return true;
}
