import { marked, type SecretCase } from './marked.js';
import { shapes } from './secret-shapes.js';
import { DIGITS, LOWER, MIXED, SeededRandom, UPPER } from './seeded-random.js';

const NAMES = [
  ...['password', 'passwd', 'pwd', 'passphrase_hash', 'db_password', 'dbPassword', 'DB_PASSWORD', 'user.password'],
  ...['client_secret', 'clientSecret', 'CLIENT_SECRET', 'app-secret', 'secret', 'secretKey', 'webhook_secret'],
  ...['token', 'access_token', 'accessToken', 'refresh-token', 'ID_TOKEN', 'csrfToken', 'x-auth-token', 'deploy_token'],
  ...['api_key', 'apiKey', 'API-KEY', 'x-api-key', 'private_key', 'accessKey', 'signing-key', 'encryptionKey'],
  ...['credential', 'sessionid', 'credentials', 'master_key', 'storage_key', 'account_key', 'subscription-key'],
];
const PLAIN = MIXED;
const ODD = `${MIXED}!@#%*+./:~^-_`;

/** How a name and its secret stand in text; `plain` where quotes, spaces or marks would end the value by the syntax. */
const FORMS: readonly { readonly plain?: true; readonly write: (name: string, secret: string) => string }[] = [
  { write: (name, secret) => `${name}=${secret}` },
  { write: (name, secret) => `${name}: ${secret}` },
  { write: (name, secret) => `${name} = ${secret} # production` },
  { write: (name, secret) => `${name}="${secret}"` },
  { write: (name, secret) => `${name}: '${secret}', user: 'mira'` },
  { write: (name, secret) => `{"${name}":"${secret}","n":1}` },
  { write: (name, secret) => `{"a":{"${name}" : "${secret}"}}` },
  { write: (name, secret) => `{\\"${name}\\":\\"${secret}\\"}` },
  { write: (name, secret) => `export ${name.replace(/[-.]/g, '_')}='${secret}'` },
  { write: (name, secret) => `{'${name}' => '${secret}'}` },
  { write: (name, secret) => `<${name}>${secret}</${name}>` },
  { write: (name, secret) => `name="${name}" value="${secret}"` },
  { write: (name, secret) => `{"name":"${name}","value":"${secret}"}` },
  { write: (name, secret) => `tool --${name} ${secret} --verbose` },
  { write: (name, secret) => `tool --${name}=${secret} --verbose` },
  { write: (name, secret) => `failed with ${name}=${secret}, giving up` },
  { write: (name, secret) => `(${name}: ${secret})` },
  { write: (name, secret) => `\u001b[36m${name}\u001b[0m=${secret}` },
  { plain: true, write: (name, secret) => `https://h.example/a?${name}=${secret}&x=1` },
  { plain: true, write: (name, secret) => `x=1&${name}=${secret}` },
  { plain: true, write: (name, secret) => `https%3A%2F%2Fh%2F%3F${name}%3D${secret}%26x%3D1` },
  { plain: true, write: (name, secret) => `Server=db;${name}=${secret};Port=1` },
  { plain: true, write: (name, secret) => `User(name=mira, ${name}=${secret})` },
  { plain: true, write: (name, secret) => `line\\n${name}=${secret}\\nline` },
];

const AROUND: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `got ${secret} from it`,
  (secret) => `"${secret}"`,
  (secret) => `{"value":"${secret}","n":1}`,
  (secret) => `rejected (${secret})`,
  (secret) => `value=${secret}`,
  (secret) => `first line\n${secret}\nlast line`,
  (secret) => `['${secret}', 'x']`,
  (secret) => `\u001b[31m${secret}\u001b[39m`,
  (secret) => `a, ${secret}, b`,
  (secret) => `<${secret}>`,
];

const OTHERS: readonly ((random: SeededRandom) => string)[] = [
  (random) =>
    `${random.pick(['https', 'postgres', 'amqp', 'redis', 'mongodb+srv'])}://«${word(random)}:${password(random, PLAIN)}»@h/a`,
  (random) => `Authorization: «Bearer ${random.text(MIXED, 24)}»`,
  (random) => `authorization: Basic «${btoa(`${word(random)}:${password(random, PLAIN)}`)}»`,
  (random) => `Cookie: «s=${random.text(MIXED, 20)}; t=${random.text(MIXED, 12)}»\nHost: h`,
  (random) => `set-cookie: «id=${random.text(MIXED, 20)}; Path=/; HttpOnly»`,
  (random) => `at f (/home/«${word(random)}»/app/x.js:1:2)`,
  (random) => `at f (/Users/«${word(random)}»/app/x.js:1:2)`,
  (random) => `open 'C:\\Users\\«${word(random)}»\\x'`,
  (random) => `password is «${password(random, PLAIN)}»`,
  (random) => `phone: «${random.text('23456789', 1)}${random.text(DIGITS, 9)}»`,
  (random) => `mysql -u app -p«${password(random, PLAIN)}» app`,
];

function word(random: SeededRandom): string {
  return random.text(LOWER, random.whole(6, 10));
}

/** Letters of both cases and digits, and more where the form takes it. */
function password(random: SeededRandom, alphabet: string): string {
  const middle = random.text(alphabet, random.whole(5, 24));
  return random.text(UPPER, 1) + random.text(LOWER, 1) + middle + random.text(DIGITS, 1) + random.text(LOWER, 1);
}

function keyed(random: SeededRandom): string {
  const form = random.pick(FORMS);
  return form.write(random.pick(NAMES), `«${password(random, form.plain === true ? PLAIN : ODD)}»`);
}

/** So many texts with secrets that nobody has seen before; the same for the same seed. */
export function generatedSecrets(seed: number, count: number): readonly (SecretCase & { readonly what: string })[] {
  const random = new SeededRandom(seed);
  const kinds = Object.keys(shapes);
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 === 0) return { what: 'keyed', ...marked(keyed(random)) };
    if (index % 9 === 1) return { what: 'other', ...marked(random.pick(OTHERS)(random)) };
    const kind = kinds[(index + seed) % kinds.length] as string;
    const secret = (shapes[kind] as (random: SeededRandom) => string)(random);
    return { what: kind, ...marked(random.pick(AROUND)(secret.includes('«') ? secret : `«${secret}»`)) };
  });
}
