import { createRedactor } from '@otel-monitor/redaction';
import { describe, expect, it } from 'vitest';
import { load } from './load.js';

describe('the privacy policy', () => {
  it('is rules unless somebody says otherwise', () => {
    expect(load().config.redaction).toMatchObject({
      enabled: true,
      mode: 'rules',
      allowedAttributes: [],
      extraPatterns: [],
      ipAddresses: false,
    });
  });

  it('is read from the environment', () => {
    const { config } = load({
      env: {
        OTEL_MONITOR_REDACTION_MODE: 'ALLOW_LIST',
        OTEL_MONITOR_REDACTION_ALLOWED_ATTRIBUTES: 'rom_type, order.*',
        OTEL_MONITOR_REDACTION_EXTRA_KEYS: 'employee_number',
        OTEL_MONITOR_REDACTION_IP_ADDRESSES: 'true',
      },
    });
    expect(config.redaction).toMatchObject({
      mode: 'allow_list',
      allowedAttributes: ['rom_type', 'order.*'],
      extraKeys: ['employee_number'],
      ipAddresses: true,
    });
  });

  it('takes rules beside patterns, which a redactor takes as they are', () => {
    const rules = [
      'EMP-\\d{4}',
      { name: 'ticket', pattern: 'TCK-\\d{1,9}', replacement: 'TCK-' },
      { name: 'customer', keys: ['customer.*'] },
    ];
    const { config } = load({ code: { redaction: { extraPatterns: rules } } });
    expect(config.redaction.extraPatterns).toEqual(rules);
    const redactor = createRedactor(config.redaction);
    expect(redactor.redactText('EMP-1234 TCK-12')).toBe('[redacted] TCK-');
    expect(redactor.redactValue('customer.name', 'x')).toBe('[redacted]');
  });

  it.each([
    [{ mode: 'deny' }, 'redaction.mode: found "deny", expected one of "rules", "allow_list" (code)'],
    [
      { extraPatterns: [5] },
      'redaction.extraPatterns[0]: found 5, expected a regular expression as text, or a rule (code)',
    ],
    [
      { extraPatterns: [{ name: 'a' }] },
      'redaction.extraPatterns[0]: found an object, expected a rule with a name, and a pattern or keys (this one has neither a pattern nor keys) (code)',
    ],
    [
      { extraPatterns: [{ pattern: 'x' }] },
      'redaction.extraPatterns[0]: found an object, expected a rule with a name, and a pattern or keys (this one has no name) (code)',
    ],
    [
      { extraPatterns: [{ name: 'a', pattern: 'a', replacement: 'aa' }] },
      'redaction.extraPatterns[0]: found an object, expected a rule with a name, and a pattern or keys (this one has a replacement that it would replace again) (code)',
    ],
    [
      { extraPatterns: ['ok', { name: 'a', pattern: 'a+b' }] },
      'redaction.extraPatterns[1].pattern: found "a+b", expected a regular expression that can be searched in bounded time (this one has *, + or {n,} before its end or within a group, which has no bound on its work: give an upper bound, as in {1,40}) (code)',
    ],
    [
      { extraPatterns: [{ name: 'a', pattern: 'x', replacement: 'a b' }] },
      'redaction.extraPatterns[0].replacement: found "a b", expected at most 64 letters, digits or _ * # . [ ] - (code)',
    ],
  ])('says what is wrong with %j', (redaction, message) => {
    expect(() => load({ code: { redaction: redaction as object } })).toThrow(message);
  });
});
