/**
 * Texts with a secret in them. Keys are put together from pieces, so that this file holds none that a scanner of
 * repositories would report.
 */
export interface ExactCase {
  what: string;
  text: string;
  /** What must not be in the output. */
  secret: string;
  /** The whole output, where it matters. */
  becomes?: string;
}

const letters = 'aZ4kQ9xR2mT7vB1nC8wE5yU3iO6pL0sD';
const mixed = (length: number) => letters.repeat(9).slice(0, length);
const upper = (length: number) => 'Q7WX2RT5YP4LK6JH3GF'.repeat(3).slice(0, length);
const header = `eyJ${mixed(20)}`;
const payload = `eyJ${mixed(40)}`;
const jwt = `${header}.${payload}.${mixed(43)}`;
const pem = (kind: string) => `-----BEGIN ${kind}-----\n${mixed(64)}\n${mixed(30)}\n-----END ${kind}-----`;
const basic = btoa('owner:hunter2');

function secret(what: string, text: string, hidden: string, becomes?: string): ExactCase {
  return { what, text, secret: hidden, ...(becomes === undefined ? {} : { becomes }) };
}

export const exactSecrets: readonly ExactCase[] = [
  secret('bearer token', `Authorization: Bearer ${mixed(32)}`, mixed(32), 'Authorization: [redacted]'),
  secret('bearer in a sentence', `sent Bearer ${mixed(32)} to host`, mixed(32), 'sent Bearer [redacted] to host'),
  secret('bearer in lower case', `bearer ${mixed(16)}`, mixed(16), 'bearer [redacted]'),
  secret('bearer in capitals', `BEARER ${mixed(16)}`, mixed(16)),
  secret('short bearer', 'Bearer abc123', 'abc123'),
  secret('bearer with dots', 'Bearer abcdef.ghijkl', 'abcdef.ghijkl'),
  secret('basic', `Basic ${basic}`, basic, 'Basic [redacted]'),
  secret('basic in a sentence', `got 401 for basic ${basic}, giving up`, basic),
  secret('authorization with digest', 'authorization: Digest username="owner", response="77ab"', 'Digest username='),
  secret(
    'authorization in JSON',
    `{"authorization":"Bearer ${mixed(20)}"}`,
    mixed(20),
    '{"authorization":"[redacted]"}',
  ),
  secret('proxy authorization', `Proxy-Authorization: Basic ${basic}`, basic),
  secret('cookie header', 'Cookie: a=1; theme=dark; s=xyz', 'xyz', 'Cookie: [redacted]'),
  secret('set-cookie header', 'set-cookie: sid=abc123; HttpOnly', 'abc123'),
  secret(
    'headers over lines',
    `Host: x\nCookie: s=abc123\nAccept: */*`,
    'abc123',
    'Host: x\nCookie: [redacted]\nAccept: */*',
  ),
  secret('json web token', `got ${jwt} from it`, payload, 'got [redacted] from it'),
  secret('json web token in a query', `/cb#id=${jwt}`, payload),
  secret('json web token without signature', `${header}.${payload}`, payload, '[redacted]'),
  secret('json web token after an underscore', `jwt_${jwt}`, payload),
  secret('json web token after %20', `Bearer%20${jwt}`, payload),
  secret('two json web tokens', `${jwt} ${jwt}`, payload, '[redacted] [redacted]'),
  secret('pem private key', `key:\n${pem('PRIVATE KEY')}\nend`, mixed(30), 'key:\n[redacted]\nend'),
  secret('pem rsa key', pem('RSA PRIVATE KEY'), mixed(30), '[redacted]'),
  secret('pem ec key', pem('EC PRIVATE KEY'), mixed(30)),
  secret('pem openssh key', pem('OPENSSH PRIVATE KEY'), mixed(30)),
  secret('pem encrypted key', pem('ENCRYPTED PRIVATE KEY'), mixed(30)),
  secret('pgp key', pem('PGP PRIVATE KEY BLOCK'), mixed(30)),
  secret('pem key that was cut', pem('PRIVATE KEY').slice(0, 70), mixed(30), '[redacted]'),
  secret('pem key with written line ends', pem('PRIVATE KEY').replaceAll('\n', '\\n'), mixed(30)),
  secret(
    'pem key after a certificate',
    `-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n${pem('PRIVATE KEY')}`,
    mixed(30),
  ),
  secret('aws access key', `id AKIA${upper(16)} used`, upper(16), 'id [redacted] used'),
  secret('aws temporary key', `ASIA${upper(16)}`, upper(16)),
  secret('aws secret key', `aws_secret_access_key = ${mixed(40)}`, mixed(40), 'aws_secret_access_key = [redacted]'),
  secret('google key', `AIza${mixed(35)}`, mixed(35)),
  secret('github token', `remote: ghp_${mixed(36)}`, mixed(36), 'remote: [redacted]'),
  secret('github oauth token', `gho_${mixed(36)}`, mixed(36)),
  secret('github server token', `ghs_${mixed(36)}`, mixed(36)),
  secret('github fine-grained token', `github_pat_${mixed(22)}_${mixed(59)}`, mixed(59)),
  secret('slack bot token', `xoxb-${'1'.repeat(11)}-${mixed(24)}`, mixed(24), '[redacted]'),
  secret('slack user token', `xoxp-${mixed(40)}`, mixed(40)),
  secret('slack app token', `xapp-1-${mixed(40)}`, mixed(40)),
  secret('slack webhook', `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${mixed(24)}`, mixed(24)),
  secret('stripe key', `sk_live_${mixed(24)}`, mixed(24), '[redacted]'),
  secret('stripe test key', `sk_test_${mixed(24)}`, mixed(24)),
  secret('stripe restricted key', `rk_live_${mixed(24)}`, mixed(24)),
  secret('stripe webhook secret', `whsec_${mixed(32)}`, mixed(32)),
  secret('npm token', `npm_${mixed(36)}`, mixed(36)),
  secret('gitlab token', `glpat-${mixed(20)}`, mixed(20)),
  secret('model provider key', `sk-proj-${mixed(40)}`, mixed(40)),
  secret('sendgrid key', `SG.${mixed(22)}.${mixed(43)}`, mixed(43)),
  secret('card in one piece', 'card 4111111111111111 declined', '4111111111111111', 'card [redacted] declined'),
  secret('card with spaces', 'card 4111 1111 1111 1111.', '4111 1111', 'card [redacted].'),
  secret('card with dashes', '5500-0000-0000-0004', '5500-0000', '[redacted]'),
  secret('american express', '3782 822463 10005', '822463', '[redacted]'),
  secret('card of 13 digits', '4222222222222', '4222222222222'),
  secret('card of 19 digits', '6304000000000000000', '6304000000000000000'),
  secret('card after another number', 'order 1234 4111 1111 1111 1111', '4111 1111', 'order 1234 [redacted]'),
  secret('card in JSON', '{"pan":"4111111111111111"}', '4111111111111111', '{"pan":"[redacted]"}'),
  secret('e-mail', 'user owner@example.com failed', 'owner@example.com', 'user [redacted] failed'),
  secret('e-mail with plus', 'owner.two+test@mail.example.co.uk', 'owner.two', '[redacted]'),
  secret('e-mail in brackets', 'From: Owner <owner@example.com>', 'owner@', 'From: Owner <[redacted]>'),
  secret('e-mail at the end of a sentence', 'mail owner@example.com.', 'owner@', 'mail [redacted].'),
  secret('mailto', 'mailto:owner@example.com', 'owner@'),
  secret('e-mail with letters beyond ASCII', 'jürgen@exämple.de', 'jürgen'),
  secret('two e-mails', 'owner@example.com,guest@example.com', 'guest@', '[redacted],[redacted]'),
  secret('password assigned', 'password=hunter2', 'hunter2', 'password=[redacted]'),
  secret('password with a colon', 'password: hunter2', 'hunter2', 'password: [redacted]'),
  secret(
    'password in JSON',
    '{"user":"owner","password":"hun ter2","x":1}',
    'hun ter2',
    '{"user":"owner","password":"[redacted]","x":1}',
  ),
  secret('password in escaped JSON', '{\\"password\\":\\"hunter2\\"}', 'hunter2', '{\\"password\\":\\"[redacted]\\"}'),
  secret('password with an escaped quote', '"password":"hun\\"ter2",', 'ter2', '"password":"[redacted]",'),
  secret('password in single quotes', "{'passwd': 'hunter2'}", 'hunter2'),
  secret('password of a database', 'DB_PASSWORD=hunter2 node app.js', 'hunter2', 'DB_PASSWORD=[redacted] node app.js'),
  secret('password as a flag', '--password=hunter2', 'hunter2'),
  secret(
    'password in a connection string',
    'Server=db;User=sa;Password=hunter2;Port=1',
    'hunter2',
    'Server=db;User=sa;Password=[redacted];Port=1',
  ),
  secret('token with a colon', 'token: abcdef', 'abcdef', 'token: [redacted]'),
  secret('access token', 'accessToken=abcdef', 'abcdef'),
  secret('refresh token in JSON', '{"refresh_token": "abcdef"}', 'abcdef'),
  secret('api key header', 'X-Api-Key: abcdef', 'abcdef', 'X-Api-Key: [redacted]'),
  secret('api key assigned', 'apikey=abcdef', 'abcdef'),
  secret('client secret', 'client_secret=abcdef', 'abcdef'),
  secret('private key assigned', 'private_key="abcdef"', 'abcdef'),
  secret('credential', 'credentials=abcdef', 'abcdef'),
  secret('arrow', "password => 'hunter2'", 'hunter2'),
  secret('url credentials', 'postgres://owner:hunter2@db:5432/app', 'hunter2', 'postgres://[redacted]@db:5432/app'),
  secret('url credentials with an at', 'https://owner:hun@ter2@host/x', 'ter2', 'https://[redacted]@host/x'),
  secret(
    'url with a token for a user',
    `https://${mixed(20)}@host.example/x`,
    mixed(20),
    'https://[redacted]@host.example/x',
  ),
  secret('redis url', 'redis://:hunter2@cache:6379', 'hunter2'),
  secret('query token', 'GET /a?token=abcdef&x=1', 'abcdef', 'GET /a?token=[redacted]&x=1'),
  secret('query access token', 'https://h/a?x=1&access_token=abcdef', 'abcdef'),
  secret('query key', 'https://h/a?key=abcdef', 'abcdef', 'https://h/a?key=[redacted]'),
  secret('query signature', 'https://h/a?x=1&X-Amz-Signature=abcdef', 'abcdef'),
  secret('fragment token', 'https://h/a#access_token=abcdef', 'abcdef'),
  secret('query key in percent code', 'https://h/a?pass%77ord=abcdef', 'abcdef'),
  secret('oauth code', '/callback?code=abcdef&state=xyzxyz', 'xyzxyz', '/callback?code=[redacted]&state=[redacted]'),
  secret('home folder', 'ENOENT /home/owner/app/x.js', 'owner', 'ENOENT ~/app/x.js'),
  secret('home folder of a stack', 'at f (/Users/owner/app/x.js:1:2)', 'owner', 'at f (~/app/x.js:1:2)'),
  secret('home folder in a file address', 'at file:///home/owner/app/x.js:1:2', 'owner', 'at file://~/app/x.js:1:2'),
  secret('windows home folder', 'C:\\Users\\owner\\app', 'owner', '~\\app'),
  secret('windows home folder with a space', '"C:\\Users\\Two Words\\app"', 'Words', '"~\\app"'),
  secret('windows home folder in JSON', '"C:\\\\Users\\\\owner\\\\app"', 'owner', '"~\\\\app"'),
  secret('windows home folder with slashes', 'file:///C:/Users/owner/app', 'owner', 'file:///~/app'),
  secret('home folder in a list', 'PATH=/usr/bin:/home/owner/bin', 'owner', 'PATH=/usr/bin:~/bin'),
];
