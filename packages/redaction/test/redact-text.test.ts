import { describe, expect, it } from 'vitest';
import { createRedactor, defaultRedactor } from '../src/index.js';
import { exactSecrets } from './corpus/exact-secrets.js';

describe('redactText', () => {
  it.each(exactSecrets)('takes out: $what', ({ text, secret, becomes }) => {
    const redacted = defaultRedactor.redactText(text);
    expect(redacted).not.toContain(secret);
    if (becomes !== undefined) expect(redacted).toBe(becomes);
    else expect(redacted).toMatch(/\[redacted\]|~/);
  });

  it.each([
    ['password=j+%26@#x7 end', 'password=[redacted] end'],
    ['db_password: %22o@x7--@ end', 'db_password: [redacted] end'],
    ['?next=%2Fa%3Ftoken%3Dabc%26page%3D2', '?next=%2Fa%3Ftoken%3D[redacted]%26page%3D2'],
    ['?next=%2Fa%3Ftoken=abc%26page=2', '?next=%2Fa%3Ftoken=[redacted]%26page=2'],
  ])('ends a value at an encoded mark in percent code only: %s', (text, becomes) => {
    expect(defaultRedactor.redactText(text)).toBe(becomes);
  });

  it('puts in the replacement that was asked for', () => {
    const redactor = createRedactor({ replacement: '***' });
    expect(redactor.redactText('owner@example.com password=x https://a:b@h.example/')).toBe(
      '*** password=*** https://***@h.example/',
    );
    expect(createRedactor({ replacement: '' }).redactText('mail owner@example.com now')).toBe('mail  now');
  });

  it('cuts before it searches, never through a character', () => {
    const redactor = createRedactor({ maxLength: 8 });
    expect(redactor.redactText('abcdefghijk')).toBe('abcdefgh');
    expect(redactor.redactText('abcdefg🙂')).toBe('abcdefg');
  });

  it('does nothing when it is off', () => {
    const redactor = createRedactor({ enabled: false });
    expect(redactor.redactText('password=x')).toBe('password=x');
    expect(redactor.redactUrl('http://a:b@h')).toBe('http://a:b@h');
    expect(redactor.redactValue('password', 'x')).toBe('x');
  });

  it('refuses a replacement that could be taken for a secret', () => {
    expect(() => createRedactor({ replacement: 'a@b.co' })).toThrow(
      'redaction replacement must be at most 64 letters, digits or _ * # . [ ] -',
    );
    expect(() => createRedactor({ maxLength: 0 })).toThrow('redaction maxLength must be a whole number above 0');
  });
});
