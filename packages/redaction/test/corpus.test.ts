import { describe, expect, it } from 'vitest';
import { defaultRedactor } from '../src/index.js';
import { generatedLookAlikes } from './corpus/generated-look-alikes.js';
import { generatedSecrets } from './corpus/generated-secrets.js';
import { lookAlikes } from './corpus/look-alikes.js';
import { type SecretCase, survivingPart } from './corpus/marked.js';
import { secrets } from './corpus/secrets.js';

const LEAST = 300;
const MOST_TOUCHED = 0.01;
const seed = Number(process.env.REDACTION_SEED ?? Math.floor(Math.random() * 2 ** 31));
const repeat = `REDACTION_SEED=${seed} makes the same again`;

/** What is left of secrets: the texts, and the part of each that is still there. */
function leftOf(cases: readonly SecretCase[]): string[] {
  return cases.flatMap(({ text, secrets: hidden }) => {
    const redacted = defaultRedactor.redactText(text);
    return hidden
      .map((secret) => survivingPart(redacted, secret))
      .filter((part) => part !== undefined)
      .map((part) => `${JSON.stringify(text)} still has ${part}: ${JSON.stringify(redacted)}`);
  });
}

function touchedOf(texts: readonly string[]): string[] {
  return texts
    .map((text) => [text, defaultRedactor.redactText(text)] as const)
    .filter(([text, redacted]) => text !== redacted)
    .map(([text, redacted]) => `${JSON.stringify(text)} became ${JSON.stringify(redacted)}`);
}

describe('secrets', () => {
  it('are 300 different texts and more in the fixed half', () => {
    expect(new Set(secrets.map(({ text }) => text)).size).toBeGreaterThanOrEqual(LEAST);
    for (const { secrets: hidden, text } of secrets) {
      expect(hidden.length, text).toBeGreaterThan(0);
      for (const secret of hidden) expect(text).toContain(secret);
    }
  });

  it('of the fixed half are all gone', () => {
    expect(leftOf(secrets)).toEqual([]);
  });

  it('of the fixed half are gone within other text, which stays', () => {
    const left = secrets.flatMap(({ text, secrets: hidden }) => {
      const redacted = defaultRedactor.redactText(`before\n${text}\nafter`);
      const parts = hidden.filter((secret) => survivingPart(redacted, secret) !== undefined);
      return redacted.startsWith('before\n') ? parts : [...parts, redacted];
    });
    expect(left).toEqual([]);
  });

  it(`of a generated half are all gone (${repeat})`, () => {
    const generated = generatedSecrets(seed, 2 * LEAST);
    expect(new Set(generated.map(({ text }) => text)).size).toBeGreaterThanOrEqual(LEAST);
    expect(leftOf(generated)).toEqual([]);
  });
});

describe('look-alikes', () => {
  it('are 300 different texts and more in the fixed half, none of them among the secrets', () => {
    expect(lookAlikes.length).toBeGreaterThanOrEqual(LEAST);
    expect(secrets.filter(({ text }) => lookAlikes.includes(text))).toEqual([]);
  });

  it('of the fixed half come back as they are', () => {
    expect(touchedOf(lookAlikes)).toEqual([]);
  });

  it(`of a generated half are touched in one case of a hundred at most (${repeat})`, () => {
    const generated = generatedLookAlikes(seed, 2 * LEAST);
    const touched = touchedOf(generated);
    expect(touched.length, touched.join('\n')).toBeLessThanOrEqual(MOST_TOUCHED * generated.length);
  });
});
