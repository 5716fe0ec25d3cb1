/**
 * Fifty secrets, each in a text as it may stand in an attribute, a message or a body. Keys are put together from pieces, so
 * that this file holds none that a scanner of repositories would report.
 */
const letters = 'aZ4kQ9xR2mT7vB1nC8wE5yU3iO6pL0sD';
/** Letters and digits that no other secret has. @param {number} number @param {number} length */
const mixed = (number, length) => {
  const turned = letters.slice(number % 31) + letters.slice(0, number % 31);
  return `${String.fromCharCode(65 + (number % 26))}${number}${turned.repeat(5)}`.slice(0, length);
};
/** @param {number} number @param {number} length */
const hex = (number, length) => Buffer.from(mixed(number, length)).toString('hex').slice(0, length);
/** @param {number} number @param {number} length */
const capitals = (number, length) => mixed(number, 90).toUpperCase().slice(0, length);
/** @param {object} object */
const segment = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
/** @param {string[]} beginning @param {string} rest */
const key = (beginning, rest) => beginning.join('') + rest;
const PEM = '-----';

/** @type {readonly (readonly [string, (secret: string) => string, string])[]} kind, the text, the secret in it */
const planted = [
  // told by the words before them
  ['password', (secret) => `login failed for mira: password=${secret}`, 'tangerine77'],
  ['password in a sentence', (secret) => `the password is ${secret} for now`, 't4ngerine-blue'],
  ['password in JSON', (secret) => `{"user":"mira","password":"${secret}"}`, 'Qx7!pLm2#Zt9'],
  ['password in JSON in JSON', (secret) => `{\\"password\\":\\"${secret}\\"}`, 'Hq3-vuRk8-wLd'],
  ['variable of the environment', (secret) => `DB_PASSWORD=${secret}`, 'w1nterIsLong'],
  ['API key in a header', (secret) => `X-Api-Key: ${secret}`, mixed(1, 24)],
  ['client secret in camel case', (secret) => `clientSecret: '${secret}'`, mixed(2, 30)],
  ['access token of a form', (secret) => `grant_type=x&access_token=${secret}&y=1`, mixed(3, 28)],
  ['token in a query', (secret) => `GET https://shop.example/a?token=${secret}&page=2`, mixed(4, 20)],
  ['code in a query', (secret) => `https://shop.example/cb?code=${secret}&page=2`, mixed(5, 22)],
  ['signature in a query', (secret) => `https://shop.example/a?X-Amz-Signature=${secret}`, hex(6, 64)],
  ['bearer', (secret) => `Authorization: Bearer ${secret}`, mixed(7, 32)],
  ['bearer in a sentence', (secret) => `sent Bearer ${secret} to the host`, mixed(8, 32)],
  ['basic', (secret) => `Authorization: Basic ${secret}`, Buffer.from('mira:tangerine-grove').toString('base64')],
  ['digest', (secret) => `Authorization: Digest username="mira", response="${secret}"`, hex(9, 32)],
  ['cookie', (secret) => `Cookie: theme=dark; sid=${secret}`, mixed(10, 26)],
  ['cookie that is set', (secret) => `Set-Cookie: sid=${secret}; HttpOnly`, mixed(11, 26)],
  ['password of an address', (secret) => `connect postgres://app:${secret}@db:5432/app failed`, 'gr4pefruit-pie'],
  ['password of a cache', (secret) => `redis://:${secret}@cache:6379/0`, 'cl3mentine-jam'],
  ['token of a repository', (secret) => `https://${secret}@git.example/a.git`, mixed(12, 30)],
  ['data source', (secret) => `app:${secret}@tcp(db:3306)/app`, 'm4ndarin-orange'],
  ['connection string', (secret) => `Server=db;User Id=sa;Password=${secret};Encrypt=true`, 'p0melo-tree-9'],
  ['storage account', (secret) => `AccountName=a;AccountKey=${secret};x=1`, `${mixed(13, 40)}==`],
  ['flag of a command', (secret) => `deploy --api-key ${secret} --verbose`, mixed(14, 24)],
  ['password of mysql', (secret) => `mysql -u app -p${secret} app`, 'k1mquat-basket'],
  ['password of curl', (secret) => `curl -u mira:${secret} https://shop.example/`, 'y4zu-marmalade'],
  ['SQL', (secret) => `CREATE USER app IDENTIFIED BY '${secret}'`, 'l1me-and-mint'],
  ['element', (secret) => `<password>${secret}</password>`, 'c1tron-peel-42'],
  ['value beside its name', (secret) => `{"name":"DB_PASSWORD","value":"${secret}"}`, 't4ngelo-juice'],
  // told by their shape
  [
    'JSON web token',
    (secret) => `got ${secret}`,
    `${segment({ alg: 'HS256' })}.${segment({ sub: mixed(15, 20) })}.${mixed(16, 43)}`,
  ],
  [
    'private key',
    (secret) => `key ${PEM}BEGIN PRIVATE KEY${PEM}\n${secret}\n${PEM}END PRIVATE KEY${PEM} end`,
    mixed(17, 64),
  ],
  ['AWS', (secret) => `used ${secret} for it`, key(['AK', 'IA'], capitals(18, 16))],
  ['GitHub', (secret) => `push with ${secret}`, key(['gh', 'p_'], mixed(19, 36))],
  ['GitHub, fine-grained', (secret) => `push with ${secret}`, key(['github', '_pat_'], mixed(20, 60))],
  ['GitLab', (secret) => `ci ${secret}`, key(['gl', 'pat-'], mixed(21, 20))],
  ['Slack', (secret) => `posting as ${secret}`, key(['xo', 'xb-'], mixed(22, 40))],
  [
    'webhook of Slack',
    (secret) => `POST https://hooks.slack.com/services/${secret}`,
    `T0${capitals(23, 8)}/B0/${mixed(23, 24)}`,
  ],
  ['Stripe', (secret) => `charge by ${secret}`, key(['sk', '_live_'], mixed(24, 30))],
  ['Google', (secret) => `maps ${secret}`, key(['AI', 'za'], mixed(25, 35))],
  ['SendGrid', (secret) => `mail ${secret}`, key(['S', 'G.'], `${mixed(26, 22)}.${mixed(27, 43)}`)],
  ['npm', (secret) => `publish ${secret}`, key(['np', 'm_'], mixed(28, 36))],
  ['Vault', (secret) => `read with ${secret}`, key(['hv', 's.'], mixed(29, 30))],
  ['Hugging Face', (secret) => `pull with ${secret}`, key(['h', 'f_'], mixed(30, 34))],
  ['a model', (secret) => `ask with ${secret}`, key(['sk-', 'ant-'], mixed(31, 50))],
  ['Grafana', (secret) => `panel ${secret}`, key(['gl', 'sa_'], mixed(32, 41))],
  ['hash of a password', (secret) => `row ${secret}`, `$2b$10$${mixed(33, 53)}`],
  // persons
  ['e-mail address', (secret) => `mail to ${secret} bounced`, 'mira.lund+news@lund.example'],
  ['card number', (secret) => `paid with ${secret} today`, '4111 1111 1111 1111'],
  ['IBAN', (secret) => `pay to ${secret}`, 'DE89 3704 0044 0532 0130 00'],
  ['phone number', (secret) => `call ${secret} now`, '+49 30 9018 2099'],
];

export const plantedSecrets = planted.map(([what, textOf, secret]) => ({ what, text: textOf(secret), secret }));

/** Values that are no secrets, and must come out as they went in. */
export const harmlessValues = [
  ...['0af7651916cd43dd8448eb211c80319c', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ...[
    '2c7a1d4e-8f03-4b6a-9a52-0c1d2e3f4a5b',
    '1.4.0-rc.2+build.77',
    'v2026.11.24',
    'sha256:9f86d081884c7d659a2feaa0c55ad015',
  ],
  ...[
    'GET /api/orders/:id',
    'POST',
    '/api/orders/12?page=2&sort=price',
    'https://shop.example/orders/12',
    '127.0.0.1:4318',
  ],
  ...[
    'tile 12 out of range at offset 4096 in sheet main',
    'password is required',
    'Token expired',
    'the token was refreshed',
  ],
  ...[
    'at extract (/srv/app/dist/extract.js:12:34)',
    'select * from orders where id = $1',
    'password = $1',
    'session.id=abc',
  ],
  ...[
    '3.14159265358979',
    '1795478400000000000',
    '2026-11-24T16:40:00.123Z',
    'git@git.example:shop/app.git',
    'icon@2x.png',
  ],
  ...['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'],
  ...['password=[redacted] for [redacted]', 'order AB-2026-000123 shipped', 'shop@1.4.0', '@otel-monitor/node@1.4.0'],
];
