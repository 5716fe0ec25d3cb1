import { describe, expect, it } from 'vitest';
import { createRedactor, customRuleProblem } from '../src/index.js';

describe('rules of the user', () => {
  it('replace what their pattern finds by their own replacement', () => {
    const redactor = createRedactor({
      extraPatterns: [{ name: 'ticket', pattern: 'TCK-\\d{1,9}', replacement: 'TCK-' }, 'EMP-\\d{4,8}'],
    });
    expect(redactor.redactText('TCK-123 of EMP-4567')).toBe('TCK- of [redacted]');
    expect(redactor.redactText('TCK- of [redacted]')).toBe('TCK- of [redacted]');
  });

  it('act under their keys alone when they have any', () => {
    const redactor = createRedactor({
      extraPatterns: [{ name: 'name', pattern: /[A-Z][a-z]{1,20}/, keys: ['customer.*', 'note'] }],
    });
    expect(redactor.redactValue('customer.name', 'from Mira')).toBe('from [redacted]');
    expect(redactor.redactValue('note', ['Mira', 'x'])).toEqual(['[redacted]', 'x']);
    expect(redactor.redactValue('city', 'from Mira')).toBe('from Mira');
    expect(redactor.redactText('from Mira')).toBe('from Mira');
  });

  it('without a pattern replace the whole value', () => {
    const redactor = createRedactor({ extraPatterns: [{ name: 'customer', keys: ['customer.*'], replacement: '-' }] });
    expect(redactor.redactValue('customer.id', 12)).toBe('-');
    expect(redactor.redactValue('customer.tags', ['a'])).toBe('-');
    expect(redactor.redactValue('customer', 'Mira')).toBe('Mira');
    expect(redactor.redactValue('customer.vip', true)).toBe(true);
  });

  it('go together with the built-in rules, whichever leaves something for the other', () => {
    const redactor = createRedactor({ extraPatterns: [{ name: 'marker', pattern: '<!>', replacement: '' }] });
    expect(redactor.redactText('pass<!>word=hunter2')).toBe('password=[redacted]');
  });

  it.each([
    [{ name: '', pattern: 'x' }, 'has no name'],
    [{ name: 'a' }, 'has neither a pattern nor keys'],
    [
      { name: 'a', pattern: 'x', replacement: 'a b' },
      'has a replacement that is not at most 64 letters, digits or _ * # . [ ] -',
    ],
    [{ name: 'a', pattern: 'a', replacement: 'aa' }, 'has a replacement that it would replace again'],
    [{ name: 'a', keys: [] }, 'has keys that are not a list of names'],
    [{ name: 'a', keys: ['*'] }, 'has keys that are not a list of names'],
    [{ name: 'a', pattern: '(' }, 'is not a regular expression'],
    [5, 'is neither a pattern nor an object with one'],
  ])('are refused when unusable: %j', (rule, problem) => {
    expect(customRuleProblem(rule)).toBe(problem);
    expect(() => createRedactor({ extraPatterns: [rule as unknown as string] })).toThrow(
      new TypeError(`redaction pattern 1 ${problem}`),
    );
  });
});
