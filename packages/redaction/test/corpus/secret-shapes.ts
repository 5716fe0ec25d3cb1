import { BASE64URL, DIGITS, HEX, LOWER, MIXED, type SeededRandom, UPPER } from './seeded-random.js';

/** What makes a secret of one kind. */
export type SecretMaker = (random: SeededRandom) => string;

/** A key of a maker: its beginning, put together here so that this file holds none, and what follows. */
function begun(beginning: readonly string[], alphabet: string, length: number): SecretMaker {
  return (random) => beginning.join('') + random.text(alphabet, length);
}

const segment = (object: object) => Buffer.from(JSON.stringify(object)).toString('base64url');

function jsonWebToken(random: SeededRandom): string {
  const header = segment({ alg: random.pick(['HS256', 'RS256', 'ES256', 'EdDSA']), typ: 'JWT' });
  const payload = segment({ sub: random.text(DIGITS, 8), iat: random.whole(1_600_000_000, 1_900_000_000) });
  return `${header}.${payload}.${random.text(BASE64URL, 43)}`;
}

function encryptedToken(random: SeededRandom): string {
  const header = segment({ alg: 'dir', enc: 'A256GCM' });
  return `${header}..${random.text(BASE64URL, 16)}.${random.text(BASE64URL, 60)}.${random.text(BASE64URL, 22)}`;
}

function pem(kind: string): SecretMaker {
  return (random) => {
    const lines = Array.from({ length: random.whole(2, 5) }, () => random.text(`${MIXED}+/`, 64));
    return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----`;
  };
}

/** The digits with the one that makes them right by Luhn. */
function card(beginnings: readonly string[], length: number): SecretMaker {
  return (random) => {
    const beginning = random.pick(beginnings);
    const digits = beginning + random.text(DIGITS, length - 1 - beginning.length);
    let sum = 0;
    for (let at = 0; at < digits.length; at += 1) {
      const digit = Number(digits[digits.length - 1 - at]);
      sum += at % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    }
    return digits + String((10 - (sum % 10)) % 10);
  };
}

function grouped(make: SecretMaker, size: number, gap: string): SecretMaker {
  return (random) => (make(random).match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(gap);
}

function iban(country: string, bban: (random: SeededRandom) => string): SecretMaker {
  return (random) => {
    const account = bban(random);
    const number = [...`${account}${country}00`].map((character) => parseInt(character, 36)).join('');
    let rest = 0;
    for (const digit of number) rest = (rest * 10 + Number(digit)) % 97;
    return country + String(98 - rest).padStart(2, '0') + account;
  };
}

function email(random: SeededRandom): string {
  const name = random.pick(['mira', 'jo.lund', 'a.b.c', 'k_weber', 'team+alerts', 'x1']) + random.text(DIGITS, 2);
  return `${name}@${random.text(LOWER, 6)}.${random.pick(['com', 'org', 'co.uk', 'de', 'io', 'example', 'museum'])}`;
}

const digits = (random: SeededRandom, length: number) => random.text(DIGITS, length);
const first = (random: SeededRandom, length: number) => random.text('23456789', 1) + digits(random, length - 1);

/** Secrets that are known by their own shape, wherever they stand; where not all of it is one, what is stands in « ». */
export const shapes: Readonly<Record<string, SecretMaker>> = {
  'aws access key': begun(['AK', 'IA'], `${UPPER}234567`, 16),
  'aws temporary key': begun(['AS', 'IA'], `${UPPER}234567`, 16),
  'google api key': begun(['AI', 'za'], BASE64URL, 35),
  'google oauth secret': begun(['GOC', 'SPX-'], BASE64URL, 28),
  'google oauth token': begun(['ya', '29.'], BASE64URL, 60),
  'github token': begun(['gh', 'p_'], MIXED, 36),
  'github server token': begun(['gh', 's_'], MIXED, 36),
  'github fine-grained token': (random) => `github${'_pat_'}${random.text(MIXED, 22)}_${random.text(MIXED, 59)}`,
  'gitlab token': begun(['gl', 'pat-'], BASE64URL, 20),
  'gitlab runner token': begun(['gl', 'rt-'], BASE64URL, 20),
  'npm token': begun(['np', 'm_'], MIXED, 36),
  'pypi token': begun(['py', 'pi-', 'AgEIcHlwaS5vcmc'], BASE64URL, 60),
  'slack bot token': (random) => `xox${'b-'}${digits(random, 11)}-${digits(random, 11)}-${random.text(MIXED, 24)}`,
  'slack app token': (random) => `xa${'pp-1-'}A${random.text(UPPER, 9)}-${digits(random, 13)}-${random.text(HEX, 64)}`,
  'slack webhook': (random) =>
    `https://hooks.slack${'.com/'}«services/T${random.text(UPPER, 8)}/B${random.text(UPPER, 8)}/${random.text(MIXED, 24)}»`,
  'discord webhook': (random) =>
    `https://discord${'.com/'}«api/webhooks/${digits(random, 18)}/${random.text(BASE64URL, 68)}»`,
  'stripe key': begun(['sk', '_live_'], MIXED, 24),
  'stripe restricted key': begun(['rk', '_live_'], MIXED, 24),
  'stripe webhook secret': begun(['wh', 'sec_'], MIXED, 32),
  'shopify token': begun(['shp', 'at_'], HEX, 32),
  'square token': begun(['sq0', 'atp-'], BASE64URL, 22),
  'twilio key': begun(['S', 'K'], HEX, 32),
  'sendgrid key': (random) => `S${'G.'}${random.text(BASE64URL, 22)}.${random.text(BASE64URL, 43)}`,
  'mailgun key': begun(['ke', 'y-'], HEX, 32),
  'mailchimp key': (random) => `${random.text(HEX, 32)}-us${random.whole(1, 21)}`,
  'telegram bot token': (random) => `${first(random, 9)}:«A${'A'}${random.text(BASE64URL, 33)}»`,
  'digitalocean token': begun(['dop', '_v1_'], HEX, 64),
  'databricks token': begun(['da', 'pi'], HEX, 32),
  'hugging face token': begun(['h', 'f_'], LOWER + UPPER, 34),
  'vault token': begun(['hv', 's.'], BASE64URL, 90),
  'docker token': begun(['dckr', '_pat_'], BASE64URL, 27),
  'heroku key': begun(['HR', 'KU-'], BASE64URL, 36),
  'new relic key': begun(['NR', 'AK-'], UPPER + DIGITS, 27),
  'grafana token': (random) => `gl${'sa_'}${random.text(MIXED, 32)}_${random.text(HEX, 8)}`,
  'sentry token': begun(['sntr', 'yu_'], HEX, 64),
  'openai key': (random) => `s${'k-proj-'}${random.text(BASE64URL, 74)}`,
  'anthropic key': (random) => `s${'k-ant-api03-'}${random.text(BASE64URL, 93)}AA`,
  'linear key': begun(['lin', '_api_'], MIXED, 40),
  'postman key': (random) => `PM${'AK-'}${random.text(HEX, 24)}-${random.text(HEX, 34)}`,
  'planetscale token': begun(['pscale', '_tkn_'], BASE64URL, 43),
  'pulumi token': begun(['pu', 'l-'], HEX, 40),
  'terraform token': (random) => `${random.text(MIXED, 14)}.«atlas${'v1.'}${random.text(BASE64URL, 67)}»`,
  'entra client secret': (random) => `${random.text(MIXED, 3)}${random.whole(6, 8)}Q~${random.text(BASE64URL, 34)}`,
  'age key': begun(['AGE-SECRET', '-KEY-1'], 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58),
  'bcrypt hash': (random) => `$2${'b$'}${random.whole(10, 14)}$${random.text(`${MIXED}./`, 53)}`,
  'argon2 hash': (random) =>
    `$argon${'2id'}$v=19$m=65536,t=3,p=4$${random.text(`${MIXED}+/`, 22)}$${random.text(`${MIXED}+/`, 43)}`,
  'json web token': jsonWebToken,
  'encrypted json web token': encryptedToken,
  'pem private key': pem('PRIVATE KEY'),
  'pem rsa key': pem('RSA PRIVATE KEY'),
  'openssh key': pem('OPENSSH PRIVATE KEY'),
  'visa card': card(['4'], 16),
  'visa card with spaces': grouped(card(['4'], 16), 4, ' '),
  'mastercard with dashes': grouped(card(['51', '53', '55', '2301'], 16), 4, '-'),
  'american express': card(['34', '37'], 15),
  'discover card': card(['6011', '65'], 16),
  'jcb card': card(['3530', '3566'], 16),
  'diners card': card(['36', '38'], 14),
  'german iban': iban('DE', (random) => digits(random, 18)),
  'german iban with spaces': grouped(
    iban('DE', (random) => digits(random, 18)),
    4,
    ' ',
  ),
  'british iban': iban('GB', (random) => random.text(UPPER, 4) + digits(random, 14)),
  'french iban': iban('FR', (random) => digits(random, 10) + random.text(UPPER + DIGITS, 11) + digits(random, 2)),
  'norwegian iban': iban('NO', (random) => digits(random, 11)),
  'dutch iban with spaces': grouped(
    iban('NL', (random) => random.text(UPPER, 4) + digits(random, 10)),
    4,
    ' ',
  ),
  email,
  'american phone': (random) => `${first(random, 3)}-${first(random, 3)}-${digits(random, 4)}`,
  'american phone with brackets': (random) => `(${first(random, 3)}) ${first(random, 3)}-${digits(random, 4)}`,
  'american phone, E.164': (random) => `+1${first(random, 3)}${first(random, 7)}`,
  'german phone, E.164': (random) => `+49${first(random, 10)}`,
  'german phone with spaces': (random) => `+49 ${first(random, 3)} ${first(random, 7)}`,
  'german phone, national': (random) => `0${first(random, 3)} ${first(random, 7)}`,
  'french phone': (random) =>
    `0${random.whole(1, 9)} ${[1, 2, 3, 4].map((at) => (80 - at * 13 - random.whole(0, 9)).toString().padStart(2, '3')).join(' ')}`,
  'french phone, international': (random) => `+33 6 ${[1, 2, 3, 4].map(() => digits(random, 2)).join(' ')}`,
  'british phone': (random) => `+44 20 ${first(random, 4)} ${digits(random, 4)}`,
  'british phone, national': (random) => `020 ${first(random, 4)} ${digits(random, 4)}`,
  'indian phone': (random) => `+91 ${first(random, 5)} ${digits(random, 5)}`,
  'phone with 00': (random) => `00${random.pick(['49', '44', '41', '33'])} ${first(random, 2)} ${first(random, 7)}`,
};
