/**
 * Secrets that have a shape of their own, as patterns of RE2: the whole match is the secret. Keys of makers come from the
 * tables of packages/redaction; the other rules there are code, and what a pattern can say of them is written here.
 */
import { literal, makerKeyPatterns, makerKeysTogether, wordKeys } from './maker-keys.mjs';

const TOKEN = 'eyJ[\\w-]{9,}(?:(?:\\.[\\w-]*){2,4}|\\.eyJ[\\w-]+)';

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

/** @typedef {{ readonly what: string, readonly patterns: readonly string[] }} Group */

/**
 * By letters or signs that they begin with: a text costs little where these are not in it.
 * @type {readonly Group[]}
 */
export const shapesByBeginning = [
  {
    what: 'Private keys (PEM), JSON web tokens, hashes of passwords.',
    patterns: [
      '(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|$)',
      TOKEN,
      '\\$(?:2[abxy]|1|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[\\w-]*)\\$[\\w.~+/=$,-]{24,}',
    ],
  },
  { what: 'Keys of makers, by the beginnings that they gave them.', patterns: makerKeyPatterns },
  { what: 'Secrets of Entra, bots of Telegram.', patterns: ['Q~[\\w.~-]{31,}', ':A[\\w-]{34}\\b'] },
  { what: 'Phone numbers with their country.', patterns: ['\\+[1-9]\\d{0,2}(?:[ ./()-]{0,2}\\d){7,13}\\b'] },
];

/**
 * By their form alone, for which RE2 has to read every character.
 * @type {readonly Group[]}
 */
export const shapesByForm = [
  {
    what: 'Keys of makers whose beginning is short, where a word starts; keys of Mailchimp.',
    patterns: [...wordKeys, '\\b[0-9a-f]{32}-us\\d{1,2}\\b'],
  },
  {
    what:
      'Card numbers by their first digits and length, without their check digit; IBANs by their form; phone numbers as North ' +
      'America writes them.',
    patterns: [
      '(?:^|[^\\w.])(?:(?:4\\d{3}|5[1-5]\\d\\d|2[2-7]\\d\\d|35\\d\\d|6\\d{3})(?:[ -]?\\d{4}){3}|3[47]\\d\\d[ -]?\\d{6}[ -]?\\d{5}|3[068]\\d\\d[ -]?\\d{6}[ -]?\\d{4})\\b',
      IBAN,
      '(?:^|[\\s(:])(?:1-)?\\(?[2-9]\\d\\d\\)?[ .-][2-9]\\d\\d[.-]\\d{4}\\b',
    ],
  },
];

/**
 * By the address that they begin with.
 * @type {Group}
 */
export const webhooks = {
  what: 'Webhooks.',
  patterns: [
    ...['hooks.slack.com', 'discord.com/api/webhooks', 'discordapp.com/api/webhooks', 'hooks.zapier.com/hooks/catch'],
    ...['outlook.office.com/webhook', 'webhook.office.com/webhook', 'chat.googleapis.com/v1/spaces'],
    'api.telegram.org/bot',
  ].map((begin) => `${literal(begin)}[\\w.%/:@?=&-]{20,}`),
};

/**
 * By the sign in their midst.
 * @type {Group}
 */
export const mailAddresses = {
  what: 'E-mail addresses but for git@, which is a custom.',
  patterns: [
    `(?i)(?:${LOCAL}{3}${LOCAL}+|\\b(?:[\\w+.-]{1,2}|[^\\Wg][\\w+.-]{2}|g[^\\Wi][\\w+.-]|gi[^\\Wt]))(?:@|%40)(?:[\\w\\x{80}-\\x{ffff}-]+\\.)+${DOMAIN_END}\\b`,
  ],
};
