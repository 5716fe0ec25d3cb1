import { describe, expect, it } from 'vitest';
import { createRedactor, STRUCTURAL_ATTRIBUTES } from '../src/index.js';

const redactor = createRedactor({ mode: 'allow_list', allowedAttributes: ['rom_type', 'order.*', 'api_key'] });

describe('allow-list mode', () => {
  it('replaces every value under a key that is not listed', () => {
    for (const value of ['sfc', 12, 12n, ['a'], { a: 1 }])
      expect(redactor.redactValue('customer', value)).toBe('[redacted]');
    for (const value of [true, false, null, undefined]) expect(redactor.redactValue('customer', value)).toBe(value);
  });

  it('lets what is listed pass, through the rules', () => {
    expect(redactor.redactValue('rom_type', 'sfc')).toBe('sfc');
    expect(redactor.redactValue('order.note', 'mail mira@lund.example')).toBe('mail [redacted]');
    expect(redactor.redactValue('order.size', 12)).toBe(12);
    expect(redactor.redactValue('rom_type2', 'sfc')).toBe('[redacted]');
    expect(redactor.redactValue('order', 'x')).toBe('[redacted]');
  });

  it('keeps a secret name secret, listed or not', () => {
    expect(redactor.redactValue('api_key', 'abc')).toBe('[redacted]');
  });

  it('lets the attributes of the conventions pass without which no signal can be told from another', () => {
    expect(redactor.redactValue('http.request.method', 'GET')).toBe('GET');
    expect(redactor.redactValue('monitor.operation.name', 'extract')).toBe('extract');
    expect(redactor.redactValue('http.response.status_code', 200)).toBe(200);
    for (const key of [
      'url.full',
      'url.query',
      'client.address',
      'db.query.text',
      'user.id',
      'http.request.header.x-a',
    ])
      expect(redactor.redactValue(key, 'x')).toBe('[redacted]');
    expect(STRUCTURAL_ATTRIBUTES).toContain('error.type');
  });

  it('is not asked for free text and for fields within a value', () => {
    expect(redactor.redactText('tile 12, password=x')).toBe('tile 12, password=[redacted]');
    expect(redactor.redactField('customer', 'Mira')).toBe('Mira');
    expect(redactor.redactField('password', 'Mira')).toBe('[redacted]');
  });

  it('is one of two modes', () => {
    expect(() => createRedactor({ mode: 'none' as 'rules' })).toThrow('redaction mode must be "rules" or "allow_list"');
    expect(createRedactor({ allowedAttributes: ['a'] }).redactValue('b', 'x')).toBe('x');
  });
});
