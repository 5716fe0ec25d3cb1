/**
 * Names of secrets as patterns of RE2, made from the words of packages/redaction (`KEY_WORDS`), so that the Collector and
 * the SDK call the same names secret.
 */
import { KEY_WORDS, Tells } from '../../packages/redaction/dist/keys/key-words.js';

/** What the words are made of: between two pieces a separator may stand. */
const PIECES =
  'application|instrumentation|subscription|functions|connection|encryption|decryption|recovery|security|session|' +
  'private|license|service|storage|account|assertion|response|client|credit|deploy|master|shared|access|signing|phrase|' +
  'string|number|webhook|saml|admin|mysql|store|proxy|token|value|redis|root|smtp|ldap|user|hmac|auth|card|code|data|' +
  'seed|mot|api|app|aspx|connect|db|ftp|otp|mfa|pgp|php|sess|ssh|key|sid|url|pass|passe|pre|de|id|x|amz|goog|aws|signature|' +
  'credential|request|expires|changed|updated|created|max|min|length|at|in';
const longestFirst = PIECES.split('|').sort((one, other) => other.length - one.length);
const piece = new RegExp(`^(?:${longestFirst.join('|')})`);

/**
 * The word cut into its pieces; the whole word where it is not made of known ones.
 * @param {string} word
 * @returns {string[]}
 */
export function piecesOf(word) {
  const pieces = [];
  for (let rest = word; rest !== ''; ) {
    const found = piece.exec(rest)?.[0];
    if (found === undefined) return [word];
    pieces.push(found);
    rest = rest.slice(found.length);
  }
  return pieces;
}

/**
 * @param {number} bits
 * @returns {string[]} the words that tell one of these, in alphabetical order: RE2 then reads a common beginning once
 */
function wordsThatTell(bits) {
  const words = KEY_WORDS.filter(([, tells]) => (tells & bits) !== 0).map(([word]) => word);
  return words.sort();
}

/**
 * @param {readonly string[]} words
 * @param {string} separator what may stand between two pieces, as a class with `?`
 */
const joined = (words, separator) => words.map((word) => piecesOf(word).join(separator)).join('|');

const inKeys = '[^a-z0-9]?';
const anywhere = wordsThatTell(Tells.anywhere);
const atEnd = wordsThatTell(Tells.end);
const whole = wordsThatTell(Tells.whole);

/** Keys of attributes whose values are secret, whatever they look like. */
export const secretKeyPatterns = [
  `(?i)(?:${joined(anywhere, inKeys)})`,
  `(?i)(?:${joined(atEnd, inKeys)})[^a-z0-9]*$`,
  `(?i)^[^a-z0-9]*(?:${joined(whole, inKeys)})[^a-z0-9]*$`,
];

/** Keys that only tell about a secret, and `session.id`, which is the conventions' identifier. */
export const harmlessKeyPatterns = [
  '^session\\.id$',
  `(?i)(?:${joined(anywhere, inKeys)}).*(?:${joined(wordsThatTell(Tells.about), inKeys)})[^a-z0-9]*$`,
  `(?i)(?:${joined(wordsThatTell(Tells.harmless), inKeys)})`,
];

/** Words that stand in the midst of others: `dbPassword`, `PGPASSWORD`, `csrf_token`, `clientSecret`. */
const MIDST = [
  'passwd',
  'password',
  'passphrase',
  'passcode',
  'passwort',
  'secret',
  'credential',
  'token',
  'pwd',
  'sessid',
  'sessionid',
];
/** @param {string} word */
const cased = (word) => [word, word.toUpperCase(), `${word[0]?.toUpperCase()}${word.slice(1)}`];
/** What may follow one of these, where a name stands in text; `tokens` are counted. */
const TAIL =
  '(?:[_.-]?(?:\\d{1,4}|v\\d|hash|old|new|current|access[_-]?key|key|value|text|plain|prod|production|dev|test|staging|' +
  'base|main|id|db|confirm|confirmation))?';

/**
 * Beginnings of a secret name in text, each with letters that RE2 finds without reading the rest: of the words above in three
 * cases, and of `…Key` in the midst of a name.
 */
export const namesByLetters = [
  ...MIDST.flatMap(cased).map((word) => `${word}(?i:${TAIL})`),
  ...['passwords', 'secrets', 'credentials', 'Credentials'],
  ...['ApiKey', 'AccessKey', 'PrivateKey', 'AccountKey', 'EncryptionKey', 'SigningKey', 'MasterKey'],
];

const others = [...new Set([...anywhere, ...atEnd, ...whole])].filter((word) => !MIDST.includes(word)).sort();
const half = Math.ceil(others.length / 2);
/** All others, where a word starts and after `_`; in halves, which RE2 reads faster than the whole. */
export const namesByWord = [others.slice(0, half), others.slice(half)].flatMap((words) =>
  ['\\b', '_'].map((start) => `${start}(?:${joined(words, '[ _.-]?')})(?:[_-]?id)?`),
);
/** Any secret name where a space cannot be in it: flags, elements. */
export const nameInWord = `(?:${joined([...new Set([...MIDST, ...others])].sort(), '[_.-]?')})(?:s|[_.-]?(?:key|id))?`;
/** Secret as the whole name of a parameter in a query. */
export const parameterName = joined(wordsThatTell(Tells.parameter), '-?');
