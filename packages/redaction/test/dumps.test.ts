import { describe, expect, it } from 'vitest';
import { defaultRedactor } from '../src/index.js';

describe('a text with more secrets than a text has', () => {
  it('is replaced as a whole from the 10,000th on, and stays as it is then', () => {
    const redacted = defaultRedactor.redactText('sid=1 '.repeat(20_000));
    expect(redacted).toBe(`${'sid=[redacted] '.repeat(10_000).trimEnd()}`);
    expect(defaultRedactor.redactText(redacted)).toBe(redacted);
  });

  it('keeps what is around fewer', () => {
    const text = 'sid=1 '.repeat(9_999);
    expect(defaultRedactor.redactText(`${text}end`)).toBe(`${'sid=[redacted] '.repeat(9_999)}end`);
  });
});

describe('a long text', () => {
  it('comes back the same where it has no secret, and whole where it has one at its end', () => {
    const text = 'tile 12 of sheet 7, '.repeat(50_000);
    expect(defaultRedactor.redactText(text)).toBe(text);
    expect(defaultRedactor.redactText(`${text}password=hunter2`)).toBe(`${text}password=[redacted]`);
    expect(defaultRedactor.redactText(`${text}\u20ac password=hunter2`)).toBe(`${text}\u20ac password=[redacted]`);
  });

  it('is cut at 1,048,576 characters', () => {
    expect(defaultRedactor.redactText('a'.repeat(2_000_000)).length).toBe(1_048_576);
  });
});
