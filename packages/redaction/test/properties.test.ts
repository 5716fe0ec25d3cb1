import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRedactor } from '../src/index.js';
import { lookAlikes } from './corpus/look-alikes.js';
import { secrets } from './corpus/secrets.js';

const pieces = fc.oneof(
  fc.constantFrom(...secrets.map(({ text }) => text)),
  fc.constantFrom(...lookAlikes),
  fc.constantFrom(
    ':',
    '=',
    '"',
    "'",
    '\\',
    '@',
    '/',
    '//',
    '://',
    ' ',
    '\n',
    '.',
    '-',
    '_',
    '&',
    '?',
    ';',
    ',',
    '[redacted]',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));

describe('properties of redaction', () => {
  it('redacting twice is redacting once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = defaultRedactor.redactText(text);
        expect(defaultRedactor.redactText(once)).toBe(once);
      }),
      { numRuns: 5_000 },
    );
  });

  it('the text grows by the replacements and no more', () => {
    const longest = '[redacted]'.length;
    fc.assert(
      fc.property(texts, (text) => {
        expect(defaultRedactor.redactText(text).length).toBeLessThanOrEqual(text.length * longest);
      }),
      { numRuns: 2_000 },
    );
  });

  it('halves of characters come back as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd800, max: 0xdfff }), { maxLength: 80 }), (units) => {
        const text = String.fromCharCode(...units);
        expect(defaultRedactor.redactText(text)).toBe(text);
        expect(defaultRedactor.redactText(`${text}password=${text || 'x'}`)).toBe(`${text}password=[redacted]`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
        (key, value) => {
          defaultRedactor.redactValue(key, value);
          defaultRedactor.redactText(value as string);
          defaultRedactor.redactUrl(value as string);
          defaultRedactor.redactValue(value as string, key);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('no password between spaces gets through', () => {
    const passwords = fc
      .stringMatching(/^[A-Za-z0-9!$%*+.,:#@-]{8,30}$/)
      // a mark at the end belongs to the sentence; a mask and the name of a variable are no password
      .filter((text) => !/[,.]$|^(.)\1+$|^\$[A-Z]+$|^%[A-Z]+%$|^[:@][a-z]+$|^[a-z]+$/i.test(text));
    const keys = fc.constantFrom('password', 'db_password', 'clientSecret', 'x-api-key', 'accessToken');
    const forms = fc.constantFrom(
      (key: string, value: string) => `${key}=${value}`,
      (key: string, value: string) => `${key}: ${value}`,
      (key: string, value: string) => `{"${key}": "${value}"}`,
      (key: string, value: string) => `?${key}=${value}&a=b`,
    );
    fc.assert(
      fc.property(keys, passwords, forms, (key, value, form) => {
        expect(defaultRedactor.redactText(`call ${form(key, value)} end`)).not.toContain(value);
      }),
      { numRuns: 3_000 },
    );
  });
});

const adversarial: Record<string, (size: number) => string> = {
  'one letter': (size) => 'a'.repeat(size),
  spaces: (size) => ' '.repeat(size),
  'start of tokens': (size) => 'eyJ'.repeat(size / 3),
  'two segments of tokens': (size) => 'eyJaaaaa.eyJ.'.repeat(size / 13),
  'start of keys': (size) => '-----BEGIN '.repeat(size / 11),
  'private keys without end': (size) => '-----BEGIN PRIVATE KEY-----'.repeat(size / 27),
  'at signs': (size) => '@'.repeat(size),
  'a@': (size) => 'a@'.repeat(size / 2),
  'a.a@a.': (size) => 'a.a@a.'.repeat(size / 6),
  colons: (size) => ':'.repeat(size),
  'token:': (size) => 'token:'.repeat(size / 6),
  'open quotes': (size) => 'password:"'.repeat(size / 10),
  'open quotes with backslashes': (size) => 'password:"\\\\\\"'.repeat(size / 14),
  backslashes: (size) => `password:"${'\\'.repeat(size)}"`,
  schemes: (size) => 'a://'.repeat(size / 4),
  'schemes with users': (size) => 'a://b:c@'.repeat(size / 8),
  digits: (size) => '4'.repeat(size),
  'groups of digits': (size) => '4111 '.repeat(size / 5),
  'single digits': (size) => '4 '.repeat(size / 2),
  bearer: (size) => 'bearer '.repeat(size / 7),
  'bearer and spaces': (size) => `bearer ${' '.repeat(size)}`,
  'xoxb-': (size) => 'xoxb-'.repeat(size / 5),
  ghp_: (size) => 'ghp_'.repeat(size / 4),
  AKIA: (size) => 'AKIA'.repeat(size / 4),
  'sk-': (size) => 'sk-'.repeat(size / 3),
  'SG.': (size) => 'SG.a'.repeat(size / 4),
  '/home/': (size) => '/home/'.repeat(size / 6),
  'C:\\Users\\': (size) => 'C:\\Users\\'.repeat(size / 9),
  'cookie lines': (size) => 'cookie='.repeat(size / 7),
  query: (size) => '?key&'.repeat(size / 5),
  'percent code': (size) => '%41='.repeat(size / 4),
  'encoded equal signs': (size) => '%3D'.repeat(size / 3),
  'flags of commands': (size) => ' -p mysql'.repeat(size / 9),
  'national numbers': (size) => '030 '.repeat(size / 4),
  'start of numbers': (size) => '+49 '.repeat(size / 4),
  'start of account numbers': (size) => 'DE89 3704 '.repeat(size / 10),
  'open brackets': (size) => 'password=[{'.repeat(size / 11),
  'open tags': (size) => '<token '.repeat(size / 7),
  'names without value': (size) => 'name: password '.repeat(size / 15),
  'quotes of sentences': (size) => `password "`.repeat(size / 10),
  'quotes of headers': (size) => 'cookie: a="'.repeat(size / 11),
  'quotes in a value': (size) => `password=${"'a".repeat(size / 2)}`,
  'pairs in a value': (size) => `password=${'&a'.repeat(size / 2)}`,
  'half a user': (size) => 'a://b:c/'.repeat(size / 8),
  'colours before a colon': (size) => '\u001b[1m:'.repeat(size / 5),
  'blocks of YAML': (size) => 'password: |\n a\n'.repeat(size / 15),
};

describe('work', () => {
  const whole = 1_000_000;
  const times = 4;
  /** Below this what is measured is the machine. */
  const leastMillis = 5;

  /** The least CPU time of some runs: what else the machine does only adds. */
  const cpuMillis = (text: string): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 5; run += 1) {
      const start = process.cpuUsage();
      defaultRedactor.redactText(text);
      const { user, system } = process.cpuUsage(start);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  };

  it.each(Object.entries(adversarial))('grows with the length and no faster: %s', (_name, make) => {
    const part = Math.max(cpuMillis(make(whole / times)), leastMillis);
    // linear work gives 4, quadratic 16; figures of speed are the benchmark's
    expect(cpuMillis(make(whole)) / part).toBeLessThan(10);
  });
});
