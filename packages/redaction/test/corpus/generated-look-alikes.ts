// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of other languages are among them
import { BASE64URL, DIGITS, HEX, LOWER, MIXED, SeededRandom, UPPER } from './seeded-random.js';

const two = (value: number) => String(value).padStart(2, '0');
const date = (random: SeededRandom) =>
  `${random.whole(1990, 2035)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;
const time = (random: SeededRandom) =>
  `${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}.${random.text(DIGITS, 3)}`;
const name = (random: SeededRandom) => random.text(LOWER, random.whole(3, 9));
const version = (random: SeededRandom) => `${random.whole(0, 30)}.${random.whole(0, 40)}.${random.whole(0, 99)}`;
const uuid = (random: SeededRandom) => [8, 4, 4, 4, 12].map((size) => random.text(HEX, size)).join('-');
const file = (random: SeededRandom) =>
  `${name(random)}-${name(random)}.${random.pick(['js', 'ts', 'mjs', 'cjs', 'tsx'])}`;

const SECRET_WORDS = ['password', 'token', 'secret', 'api key', 'authorization', 'credential', 'cookie'];
const REMARKS = [
  ...['is required', 'is missing', 'must not be empty', 'has expired', 'was not found', 'cannot be blank'],
  ...['should be rotated', 'is too short', 'does not match', 'was rejected by the server'],
];
const ABOUT = ['length', 'count', 'enabled', 'type', 'ttl', 'policy', 'status', 'version', 'url', 'field'];
const NOTHING = [
  'undefined',
  'null',
  'true',
  'false',
  '***',
  '${TOKEN}',
  'missing',
  'required',
  '<token>',
  '[hidden]',
  '?',
  '$1',
];

/** Makers of texts that look like a secret and are none. */
const makers: readonly ((random: SeededRandom) => string)[] = [
  (random) => `${date(random)}T${time(random)}Z ${name(random)}`,
  (random) => `${date(random)} ${time(random)} +0${random.whole(0, 9)}00`,
  (random) => `${two(random.whole(1, 28))}.${two(random.whole(1, 12))}.${random.whole(1990, 2035)} ${time(random)}`,
  (random) =>
    `at ${name(random)} (/srv/${name(random)}/dist/${file(random)}:${random.whole(1, 4000)}:${random.whole(1, 120)})`,
  (random) =>
    `    at ${name(random)}.token (node:internal/${name(random)}/${name(random)}:${random.whole(1, 4000)}:${random.whole(1, 99)})`,
  (random) =>
    `at /srv/app/${random.pick(['password', 'token', 'secret'])}-${file(random)}:${random.whole(1, 999)}:${random.whole(1, 99)}`,
  uuid,
  (random) => `trace ${random.text(HEX, 32)} span ${random.text(HEX, 16)}`,
  (random) => `00-${random.text(HEX, 32)}-${random.text(HEX, 16)}-01`,
  (random) => `sha256:${random.text(HEX, 64)}`,
  (random) => `sha512-${random.text(`${MIXED}+/`, 86)}==`,
  (random) => `commit ${random.text(HEX, 40)}`,
  (random) => `etag "${random.text(HEX, 27)}"`,
  (random) => `id ${random.text(BASE64URL.replace('-', ''), 22)}`,
  (random) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random.text(MIXED, 43)}`,
  (random) => `${name(random)}@${version(random)}`,
  (random) => `@${name(random)}/${name(random)}@^${version(random)}`,
  (random) => `${name(random)}@${random.whole(1, 3)}x.png`,
  (random) => `git@${name(random)}.example:${name(random)}/${name(random)}.git`,
  (random) => `v${version(random)}-rc.${random.whole(1, 9)}+build.${random.whole(100, 999)}`,
  (random) => `10.0.${random.whole(10000, 29999)}.${random.whole(1, 9999)}`,
  (random) =>
    `listening on ${random.whole(1, 254)}.${random.whole(0, 254)}.${random.whole(0, 254)}.7:${random.whole(1024, 65535)}`,
  (random) => `${name(random)}:${random.whole(1024, 65535)}`,
  (random) =>
    `http://${name(random)}.example:${random.whole(1024, 65535)}/${name(random)}?page=${random.whole(1, 99)}&sort=${name(random)}`,
  (random) => `https://${name(random)}.example/@${name(random)}/${name(random)}`,
  (random) => `took ${random.whole(100, 999)} ms, ${random.whole(1000, 9999)} rows, ${random.whole(10, 99)} %`,
  (random) => `${random.whole(1, 9)},${random.text(DIGITS, 3)},${random.text(DIGITS, 3)} bytes`,
  (random) => `epoch 1${random.text(DIGITS, 9)} and 1${random.text(DIGITS, 12)}`,
  (random) => `0x${random.text(HEX, 12)}`,
  (random) => [1, 2, 3, 4, 5, 6].map(() => random.text(HEX, 2)).join(':'),
  (random) => `${random.text(DIGITS, 3)}-${random.text(DIGITS, 2)}-${random.text(DIGITS, 3)}`,
  (random) => `order 1${random.text(DIGITS, 11)}`,
  (random) => `row ${random.whole(1, 99)} of ${random.whole(100, 999)}`,
  (random) => `ghp_${random.text(LOWER, random.whole(3, 12))}`,
  (random) => `npm_config_${name(random)}_${name(random)}`,
  (random) => `sk-${name(random)}-${name(random)}-${name(random)}`,
  (random) => `key-${name(random)}`,
  (random) => `AKIA${random.text(UPPER, random.whole(3, 10))}`,
  (random) => `${random.text(UPPER, 2)}${random.whole(10, 99)} ${random.text(DIGITS, 4)}`,
  (random) => `eyJ${random.text(LOWER, 6)}.${name(random)}`,
  (random) => `${random.pick(SECRET_WORDS)} ${random.pick(REMARKS)}`,
  (random) => `${random.pick(SECRET_WORDS)}: ${random.pick(REMARKS)}`,
  (random) => `${random.pick(['password', 'token', 'secret'])}_${random.pick(ABOUT)}=${random.whole(1, 99)}`,
  (random) => `${random.pick(['password', 'accessToken', 'client_secret'])}=${random.pick(NOTHING)}`,
  (random) =>
    `{"${random.pick(['password', 'token'])}":"${random.pick(['is required', 'must be longer', 'required'])}"}`,
  (random) => `Unexpected token ${random.pick([...'}]<,;'])} in JSON at position ${random.whole(1, 999)}`,
  (random) => `const token = ${name(random)}.${name(random)}(${name(random)})`,
  (random) =>
    `${random.pick(['basic', 'Basic', 'bearer'])} ${random.pick(['auth', 'authentication', 'scheme', 'training', 'of news'])}`,
  (random) =>
    `-----BEGIN ${random.pick(['CERTIFICATE', 'PUBLIC KEY', 'CERTIFICATE REQUEST'])}-----\n${random.text(MIXED, 64)}\n-----END X-----`,
  (random) =>
    `${random.pick(['author', 'monkey', 'primary_key', 'cache-key', 'compass', 'tokens', 'max_tokens'])}: ${name(random)}`,
  (random) => `docker run -p ${random.whole(1024, 65535)}:80 ${name(random)}`,
  (random) => `/usr/lib/${name(random)}/home/${name(random)}.so`,
  (random) => `https://${name(random)}.example/home/${name(random)}`,
  (random) =>
    `SELECT ${name(random)} FROM ${name(random)} WHERE token = ? AND ${name(random)} = $${random.whole(1, 9)}`,
  (random) => `${name(random)} ${name(random)} ${name(random)} ${random.whole(1, 99_999)} ${name(random)}`,
];

/** So many texts without a secret that nobody has seen before; the same for the same seed. */
export function generatedLookAlikes(seed: number, count: number): readonly string[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    (makers[(index + seed) % makers.length] as (typeof makers)[number])(random),
  );
}
