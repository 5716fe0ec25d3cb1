/**
 * Secrets that what stands before them tells: `password=…`, `Authorization: …`, `--token …`, `scheme://user:…@`. Patterns of
 * RE2, which take the telling words along. None of them takes what was replaced already (`[redacted]`, `****`).
 *
 * A pattern that begins with letters in one case costs next to nothing where these are not in a text; any other is tried at
 * every character. That is why many stand here in several cases.
 */
import { butWords } from './but-words.mjs';
import { nameInWord, namesByLetters, namesByWord, parameterName } from './key-names.mjs';

/** Between a name and its separator: what closes quotes and brackets, colours of a terminal. */
const CLOSE = '(?:\\\\{0,3}["\'`\\])]|\\x1b\\[[\\d;]*m){0,4}\\s{0,3}';
const SEPARATOR = '(?:=>|={1,3}|:=?|->|%3[adAD])\\s{0,4}(?:\\x1b\\[[\\d;]*m)?';
/** What says that there is no secret: `token=undefined`, `hasPassword=true`, `password=xxxx`. */
const NO_SECRETS = ['undefined', 'null', 'none', 'true', 'false', 'missing', 'required', 'invalid', 'empty'];
const WORD_BUT_THESE = butWords(NO_SECRETS, 'x', {
  first: '\\s"\'`\\\\&;,<>(){}\\[\\]$*?%:=',
  rest: '\\s"\'`\\\\&;,<>)}\\]',
});
/** A value of its own: in quotes, behind `=`, or with a digit or mark in it as words have not. `%s` is a place for one. */
const VALUE =
  '(?:' +
  `${SEPARATOR}(?:[bu]?"(?:[^"\\\\\\[*]|\\\\.)(?:[^"\\\\]|\\\\.)*"?|[bu]?'(?:[^'\\\\\\[*]|\\\\.)(?:[^'\\\\]|\\\\.)*'?|` +
  '`[^`\\\\[*][^`]*`?|\\\\+["\'][^"\'\\\\\\[*][^"\'\\\\]*|' +
  '(?:[A-Za-z_./:-]*[^\\sA-Za-z_./"\'`\\\\&;,<>(){}\\[\\]$*?:=|%-]|[A-Za-z_./:-]+%|%[^\\sA-Za-z_])[^\\s"\'`\\\\&;,<>)}\\]]*)|' +
  `(?:={1,2}|%3[dD])${WORD_BUT_THESE})`;
/** What comes behind the name of a secret, with the secret. */
export const behindName = `${CLOSE}${VALUE}`;
const HTTP_SCHEMES =
  '(?i:basic|bearer|digest|token|apikey|aws4-hmac-sha256|ntlm|negotiate|hawk|oauth|signature)\\s+[^\\s\\[*][^\\r\\n]*';
const TO_END_OF_LINE = `\\s{0,2}[:=]\\s{0,2}(?:${HTTP_SCHEMES}|[^\\s"'=;\\[*]+=[^\\r\\n]*|[\\w~+/]*[-.\\d][\\w.~+/=-]*)`;
/** @param {readonly string[]} words */
const cased = (...words) =>
  words.flatMap((word) => [word, word.toUpperCase(), `${word[0]?.toUpperCase()}${word.slice(1)}`]);

/** @typedef {{ readonly what: string, readonly patterns: readonly string[] }} Group */

/**
 * Told by a name and a sign (`=`, `:`, `->`), by signs of addresses, markup and flags. Where a text has none of these signs,
 * none of these patterns is tried (`common-text.mjs`): several of them are slow.
 * @type {readonly Group[]}
 */
export const toldBySign = [
  {
    what: 'Headers to the end of their line.',
    patterns: [
      ...cased('authorization', 'cookie').map((name) => `${name}${TO_END_OF_LINE}`),
      '(?i)\\b(?:x-[a-z-]*(?:token|key)|[a-z]+-(?:api-key|application-key|subscription-key|token)):\\s{1,2}(?:(?:bearer|token|basic)\\s+)?[^\\s"\'\\[*][^\\s"\']*',
    ],
  },
  {
    what: 'Values of secret names.',
    patterns: [
      ...namesByLetters.map((name) => `(?s)${name}${behindName}`),
      ...namesByWord.map((name) => `(?is)${name}${behindName}`),
      '(?i)\\b(?:passphrase|mnemonic|(?:seed|recovery) phrase|connection string)\\s{0,2}[:=]\\s{0,2}[^\\s"\'\\[*]+[ ;][^\\s"\'\\[]+[ ;][^\\r\\n"\']*',
    ],
  },
  {
    what: 'Elements that are secret by their name, and values beside the name of a secret.',
    patterns: [
      `(?i)<(?:\\w+:)?[\\w.-]*?${nameInWord}(?:\\s[^<>]{0,60})?>[^<\\[*][^<]*`,
      `(?i)\\b(?:name|key|header|field|param|parameter|variable|property)\\\\?["']?\\s{0,2}[:=]\\s{0,2}\\\\?["']?[\\w.-]{0,30}?${nameInWord}\\\\?["']?\\s{0,2},?\\s{0,4}\\\\?["']?(?:value|val|content|default)\\\\?["']?\\s{0,2}[:=]\\s{0,2}(?:\\{\\s*"stringValue"\\s*:\\s*)?(?:\\\\?["'][^"'\\\\\\[*][^"'\\\\]*|[^\\s"'\\\\\\[{*][^\\s"'\\\\]*)`,
    ],
  },
  {
    what: 'Users and passwords in addresses and data sources; parameters that are secret in a query.',
    patterns: [
      '://(?:[^\\s/?#"\'<>@\\[*]*:[^\\s/?#"\'<>\\[*]*|[^\\s/?#"\'<>@:\\[*]*:[^\\s/?#"\'<>@\\d\\[*][^\\s"\'<>]{0,80}|[^\\s/?#"\'<>@:\\[*]{4,})(?:@|%40)',
      ...['%3A%2F%2F', '%3a%2f%2f'].map((begin) => `${begin}[^\\s%"'\\[*]*%3[aA][^\\s"'&]+?%40`),
      '[\\w.-]:[^\\s:/?#"\'<>@\\[*]+@(?:tcp\\(|unix\\(|localhost\\b|[\\w.-]+:\\d)',
      `(?i)[?&;#](?:amp;)?(?:${parameterName})=[^&\\s"'\`<>\\\\#\\[*]+`,
      `%(?i:(?:3f|26)(?:${parameterName}|${nameInWord})%3d)[^&\\s"'\`<>\\\\#%\\[*]+`,
    ],
  },
  {
    what: 'Flags of secret names.',
    patterns: [
      `--(?i:[\\w-]{0,30}?${nameInWord})(?:\\s{1,4}|["']\\s{0,2},\\s{0,2})(?:["'][^"'\\[*-][^"']*|[^\\s"'\\[*$<{-][^\\s"']*)`,
    ],
  },
  {
    what: 'Phone numbers under their name, and the user in the path of a home folder.',
    patterns: [
      '(?i)\\b(?:phone|phone[ _-]?n(?:umber|o)|mobile|msisdn|telephone|telefon|tel|fax|cell)["\']?\\s{0,2}[:=]\\s{0,2}["\']?\\+?\\(?\\d[\\d ()./-]{5,18}\\d',
      '[("\'=: ](?:/var|/usr|/export|/private|/mnt/[cd])?/(?:home|Users)/[^\\\\/\\s"\':*?<>|()\\[]+',
      'file:///(?:home|Users|[A-Z]:/Users)/[^\\\\/\\s"\':*?<>|()\\[]+',
      ':[\\\\/]{1,4}(?i:users|documents and settings)[\\\\/]{1,4}[^\\\\/\\s"\':*?<>|()\\[][^\\\\/\\n"\':*?<>|()]{0,60}',
    ],
  },
];

/**
 * Told by a word alone. All begin with letters, so that a text costs little where these are not in it.
 * @type {readonly Group[]}
 */
export const toldByWord = [
  {
    what: 'Credentials of HTTP anywhere.',
    patterns: [
      ...cased('bearer').map(
        (word) =>
          `${word}(?:\\s{1,8}|%20)(?:[A-Za-z_.~-]*\\d[\\w.~+/=-]*|[A-Za-z]{3,}\\.[\\w.~-]{3,}|[\\w.~+/=-]{24,})`,
      ),
      ...cased('basic').map((word) => `${word}(?:\\s{1,8}|%20)[A-Za-z+/_-]*(?:\\d|[a-z][A-Z])[\\w+/=-]{3,}`),
      ...cased('token', 'negotiate', 'apikey').map((word) => `${word}\\s{1,8}[A-Za-z_.~-]*\\d[\\w.~+/=-]{15,}`),
    ],
  },
  {
    what: 'Commands: flags of one letter of the programs that take a password by one.',
    patterns: [
      ...['mysql', 'mariadb'].map((program) => `${program}(?:dump|admin|-dump)?\\b[^\\n]*?\\s-p[^\\s"'\\[*]+`),
      ...['sshpass', 'docker login', 'podman login', 'helm registry login', 'az login', 'mongo'].map(
        (program) => `${program}\\b[^\\n]*?\\s-p\\s+(?:'[^'\\[*]+|"[^"\\[*]+|[^\\s"'\\[*]+)`,
      ),
      'redis-cli\\b[^\\n]*?\\s-a\\s+[^\\s"\'\\[*]+',
      'sqlcmd\\b[^\\n]*?\\s-P\\s+[^\\s"\'\\[*]+',
      'ldap(?:search|modify|add)\\b[^\\n]*?\\s-w\\s+[^\\s"\'\\[*]+',
      'curl\\b[^\\n]*?\\s-u\\s+["\']?[^\\s"\':\\[*]+:[^\\s"\'\\[*]+',
    ],
  },
  {
    what: 'Sentences and SQL.',
    patterns: [
      ...cased('password', 'passwd', 'passphrase', 'passcode', 'token', 'secret', 'pwd').map(
        (word) =>
          `${word}\\s+(?:(?:is|was|as|to|of|for)\\s+)?(?:['"][^\\s"'\\[*]+|[A-Za-z_-]*(?:\\d[\\w!@#%^+=~-]*[A-Za-z]|[A-Za-z!@#%^+=~]\\d)[\\w!@#%^+=~-]*)`,
      ),
      "IDENTIFIED BY '[^']+",
      "identified by '[^']+",
    ],
  },
];
