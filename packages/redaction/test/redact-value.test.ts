import { describe, expect, it } from 'vitest';
import { createRedactor, defaultRedactor } from '../src/index.js';

const secretKeys = [
  ...['authorization', 'Authorization', 'proxy-authorization', 'cookie', 'Set-Cookie', 'password', 'PASSWORD'],
  ...['passwd', 'pwd', 'pass', 'passphrase', 'dbPassword', 'db_password', 'password_hash', 'secret', 'client_secret'],
  ...['secretKey', 'token', 'access_token', 'refreshToken', 'x-auth-token', 'x-csrf-token', 'apikey', 'api_key'],
  ...['X-API-Key', 'apiKey', 'private_key', 'privateKey', 'credential', 'credentials', 'aws.credentials', 'auth'],
  ...['access_key', 'access_key_id', 'session_id', 'sessionId', 'JSESSIONID', 'PHPSESSID', 'connect.sid', 'sid'],
  ...['cvv', 'otp', 'connection_string', 'encryption-key', 'http.request.header.authorization'],
];
const plainKeys = [
  ...['session.id', 'key', 'name', 'author', 'tokens', 'token_count', 'tokenType', 'password_length', 'cookieCount'],
  ...['secretary', 'passenger', 'monkey', 'api', 'private', 'compass', 'bypass', 'authority', 'rom_type', ''],
];

describe('redactValue', () => {
  it.each(secretKeys)('hides what is under %s', (key) => {
    expect(defaultRedactor.redactValue(key, 'plain words')).toBe('[redacted]');
    expect(defaultRedactor.redactValue(key, 12345)).toBe('[redacted]');
    expect(defaultRedactor.redactValue(key, ['a'])).toBe('[redacted]');
  });

  it.each(plainKeys)('leaves what is under %s', (key) => {
    expect(defaultRedactor.redactValue(key, 'plain words')).toBe('plain words');
  });

  it('leaves what tells nothing, even under a secret key', () => {
    for (const value of [true, false, null, undefined])
      expect(defaultRedactor.redactValue('password', value)).toBe(value);
  });

  it('redacts text under any key', () => {
    expect(defaultRedactor.redactValue('note', 'mail owner@example.com')).toBe('mail [redacted]');
  });

  it('redacts the strings of an array in a copy', () => {
    const given = ['x', 'owner@example.com', 3];
    expect(defaultRedactor.redactValue('notes', given)).toEqual(['x', '[redacted]', 3]);
    expect(given[1]).toBe('owner@example.com');
    const clean = ['x', 'y'];
    expect(defaultRedactor.redactValue('notes', clean)).toBe(clean);
  });

  it('returns numbers, symbols, functions and objects as they are', () => {
    const object = { password: 'x' };
    for (const value of [1, 4111111111111111, 1n, Number.NaN, Symbol.iterator, object]) {
      expect(defaultRedactor.redactValue('value', value)).toBe(value);
    }
  });

  it('keeps the path of an address that begins like a home folder', () => {
    expect(defaultRedactor.redactValue('url.path', '/home/settings')).toBe('/home/settings');
    expect(defaultRedactor.redactValue('http.route', '/home/:id')).toBe('/home/:id');
    expect(defaultRedactor.redactValue('file', '/home/owner/x')).toBe('~/x');
  });

  it('takes further keys and lets keys go', () => {
    const redactor = createRedactor({ extraKeys: ['Employee-Number'], allowKeys: ['api_key'] });
    expect(redactor.redactValue('customer.employee_number', '17')).toBe('[redacted]');
    expect(redactor.redactText('employeeNumber: 17')).toBe('employeeNumber: [redacted]');
    expect(redactor.redactValue('apiKey', 'public')).toBe('public');
    expect(redactor.redactValue('apiKey', 'owner@example.com')).toBe('[redacted]');
  });

  it('hides a value that cannot be read', () => {
    const hostile = new Proxy(['a'], {
      get: () => {
        throw new Error('no');
      },
    });
    expect(defaultRedactor.redactValue('list', hostile)).toBe('[redacted]');
  });
});

describe('redactUrl', () => {
  it.each([
    ['https://owner:hunter2@host/a?x=1', 'https://[redacted]@host/a?x=1'],
    ['/a?token=abc&x=1', '/a?token=[redacted]&x=1'],
    ['/a?sig=abc&x=1#top', '/a?sig=[redacted]&x=1#top'],
    ['/home/settings', '/home/settings'],
    ['/users/owner@example.com', '/users/[redacted]'],
    ['https://host/a', 'https://host/a'],
  ])('%s becomes %s', (url, expected) => {
    expect(defaultRedactor.redactUrl(url)).toBe(expected);
  });
});
