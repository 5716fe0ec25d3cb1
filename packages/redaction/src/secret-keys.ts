/**
 * Which keys name a secret. Names are compared without case and separators: `X-Api-Key`, `apiKey` and `API_KEY` are
 * one name.
 */

/** Secret wherever they stand in a name: `dbPassword`, `client_secret`, `password_hash`. */
const ANYWHERE = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'credential',
  'apikey',
  'privatekey',
  'accesskey',
  'signingkey',
  'encryptionkey',
  'masterkey',
  'connectionstring',
];

/** Secret as the last word: `x-auth-token`, `proxy-authorization`, `set-cookie`. */
const AT_END = ['token', 'authorization', 'cookie', 'cookies', 'pwd', 'sessionid', 'phpsessid', 'connectsid'];

/** Secret as the whole name. */
const WHOLE = new Set(['pass', 'auth', 'cvv', 'cvc', 'otp', 'sid', 'xauth', 'pgpass']);

/** Names that hold one of the words above and no secret. */
const HARMLESS = /secretar|passwordless|secretless/;

/** A name that ends like this tells about a secret, it is none: `password_length`, `secretName`, `cookie_count`. */
const ABOUT =
  /(?:count|length|size|enabled|required|type|ttl|expiry|expires|expiresat|expiresin|policy|name|status|version|format|strength)$/;

/** The semantic conventions' attribute for a session, which this project itself sends: an identifier, no credential. */
const CONVENTIONAL = new Set(['session.id']);

const MAX_KEY_LENGTH = 256;

/** A name without case and separators. */
export function normalizeKey(key: string): string {
  return key
    .slice(-MAX_KEY_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function isSecretName(name: string): boolean {
  if (WHOLE.has(name)) return true;
  if (HARMLESS.test(name) || ABOUT.test(name)) return false;
  return ANYWHERE.some((word) => name.includes(word)) || AT_END.some((word) => name.endsWith(word));
}

const MAX_REMEMBERED = 1_000;

/**
 * The test for secret keys.
 *
 * @param extra further names; a key that ends with one is secret
 * @param allowed names that are never secret, whatever the tables say
 */
export function secretKeyTest(extra: readonly string[], allowed: readonly string[]): (key: string) => boolean {
  const extraNames = extra.map(normalizeKey).filter((name) => name !== '');
  const allowedNames = new Set(allowed.map(normalizeKey));
  const remembered = new Map<string, boolean>();
  return (key) => {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const name = normalizeKey(key);
    const secret =
      !CONVENTIONAL.has(key) &&
      !allowedNames.has(name) &&
      (extraNames.some((extraName) => name.endsWith(extraName)) || isSecretName(name));
    // keys come from the application: the memory of them is bounded in number and length
    if (remembered.size < MAX_REMEMBERED && key.length <= MAX_KEY_LENGTH) remembered.set(key, secret);
    return secret;
  };
}
