/**
 * Secrets that have a shape of their own, as patterns of RE2: the whole match is the secret. Keys of makers come from the
 * tables of packages/redaction; the other rules there are code, and what a pattern can say of them is written here.
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
const literal = (text) => text.replace(/[.$+*?()[\]{}|\\^]/g, '\\$&');
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

/** The keys of about 80 makers: those with a beginning that tells, each alone, and those that count where a word starts. */
function makerKeys() {
  /** @type {string[]} */
  const distinct = [];
  /** @type {string[]} */
  const short = [];
  for (const { shape } of [...cloudKeyRules, ...developerKeyRules, ...serviceKeyRules]) {
    const beginnings = [...shape.at].sort();
    for (const beginning of beginnings.filter(isDistinct)) distinct.push(literal(beginning) + bodyOf(shape, true));
    const others = beginnings.filter((beginning) => !isDistinct(beginning)).map(literal);
    if (others.length > 0) short.push(`(?:${others.join('|')})${bodyOf(shape, false)}`);
  }
  return { distinct: distinct.sort(), short: short.sort() };
}

const makers = makerKeys();
const half = Math.ceil(makers.short.length / 2);
/** A pattern a beginning costs least where there is much text. */
const makerKeyPatterns = [
  ...makers.distinct,
  ...[makers.short.slice(0, half), makers.short.slice(half)].map((part) => `\\b(?:${part.join('|')})`),
];
const TOKEN = 'eyJ[\\w-]{9,}(?:(?:\\.[\\w-]*){2,4}|\\.eyJ[\\w-]+)';

/** The beginnings that tell, by what follows them: many in one pattern, which is short enough to stand in many places. */
function makerKeysTogether() {
  /** @type {Map<string, string[]>} */
  const byBody = new Map();
  for (const { shape } of [...cloudKeyRules, ...developerKeyRules, ...serviceKeyRules]) {
    const body = `[${CLASSES.get(shape.of)}]{${Math.min(shape.least, ENOUGH)},}`;
    byBody.set(body, [...(byBody.get(body) ?? []), ...shape.at.filter(isDistinct).map(literal)]);
  }
  const groups = [...byBody].filter(([, beginnings]) => beginnings.length > 0);
  return groups.map(([body, beginnings]) => `(?:${beginnings.sort().join('|')})${body}`).sort();
}

/** For keys of attributes and the like, which are short: keys of makers and tokens, and e-mail addresses. */
export const secretsWithinNames = [
  `\\b(?:${makerKeysTogether().join('|')}|${TOKEN})`,
  '\\b[\\w.%+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.[A-Za-z]{2,}\\b',
];

/**
 * An IBAN: country, check digits, a bank of letters or digits, digits, and what is left of 15 to 31. A pattern cannot compute
 * the check digits, and the list of countries would cost more than all other patterns.
 */
const IBAN =
  '\\b[A-Z]{2}\\d\\d[ -]?[0-9A-Z]{4}[ -]?\\d{4}[ -]?[0-9A-Z]{3,4}(?:[ -]?[0-9A-Z]{4}){0,3}(?:[ -]?[0-9A-Z]{1,3})?\\b';

/** Last parts of domains. What files and units of systemd end with (`js`, `ts`, `gz`, `service`) is none of them. */
const DOMAIN_END =
  '(?:[a-fhik-su-z][a-z]|g[a-y]|j[a-rt-z]|t[a-rt-z]|com|org|net|edu|gov|mil|int|info|biz|name|pro|dev|app|cloud|online|' +
  'email|shop|tech|xyz|example|test|invalid|local|internal)';

/** What may stand before the `@` of an e-mail address. */
const LOCAL = '[\\w.%+!#$&*?^{|}~\\x{80}-\\x{ffff}-]';

/** @type {readonly { readonly what: string, readonly patterns: readonly string[] }[]} */
export const secretShapes = [
  {
    what: 'Private keys (PEM), JSON web tokens, hashes of passwords.',
    patterns: [
      '(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|$)',
      TOKEN,
      '\\$(?:2[abxy]|1|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[\\w-]*)\\$[\\w.~+/=$,-]{24,}',
    ],
  },
  { what: 'Keys of makers, by the beginnings that they gave them.', patterns: makerKeyPatterns },
  {
    what: 'Secrets of Entra, keys of Mailchimp, bots of Telegram, webhooks.',
    patterns: [
      'Q~[\\w.~-]{31,}',
      '\\b[0-9a-f]{32}-us\\d{1,2}\\b',
      ':A[\\w-]{34}\\b',
      ...[
        ...[
          'hooks.slack.com',
          'discord.com/api/webhooks',
          'discordapp.com/api/webhooks',
          'hooks.zapier.com/hooks/catch',
        ],
        ...['outlook.office.com/webhook', 'webhook.office.com/webhook', 'chat.googleapis.com/v1/spaces'],
        'api.telegram.org/bot',
      ].map((begin) => `${literal(begin)}[\\w.%/:@?=&-]{20,}`),
    ],
  },
  {
    what:
      'E-mail addresses but for git@, which is a custom; card numbers by their first digits and length, without their check ' +
      'digit; IBANs by their form; phone numbers with their country, and as North America writes them.',
    patterns: [
      `(?i)(?:${LOCAL}{3}${LOCAL}+|\\b(?:[\\w+.-]{1,2}|[^\\Wg][\\w+.-]{2}|g[^\\Wi][\\w+.-]|gi[^\\Wt]))(?:@|%40)(?:[\\w\\x{80}-\\x{ffff}-]+\\.)+${DOMAIN_END}\\b`,
      '(?:^|[^\\w.])(?:(?:4\\d{3}|5[1-5]\\d\\d|2[2-7]\\d\\d|35\\d\\d|6\\d{3})(?:[ -]?\\d{4}){3}|3[47]\\d\\d[ -]?\\d{6}[ -]?\\d{5}|3[068]\\d\\d[ -]?\\d{6}[ -]?\\d{4})\\b',
      IBAN,
      '\\+[1-9]\\d{0,2}(?:[ ./()-]{0,2}\\d){7,13}\\b',
      '(?:^|[\\s(:])(?:1-)?\\(?[2-9]\\d\\d\\)?[ .-][2-9]\\d\\d[.-]\\d{4}\\b',
    ],
  },
];
