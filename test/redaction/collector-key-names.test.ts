import { describe, expect, it } from 'vitest';
import { isSecret, KeyMatcher } from '../../packages/redaction/src/keys/key-matcher.js';
import { KEY_WORDS, Tells } from '../../packages/redaction/src/keys/key-words.js';
import { harmlessKeyPatterns, piecesOf, secretKeyPatterns } from '../../scripts/collector-redaction/key-names.mjs';
import { knownKeys } from '../../scripts/collector-redaction/known-keys.mjs';

const matcher = new KeyMatcher([], []);
/** RE2 and JavaScript read these patterns alike, but for the flag at their beginning. */
const expression = (pattern: string) => new RegExp(pattern.replace('(?i)', ''), pattern.startsWith('(?i)') ? 'i' : '');
const blocked = secretKeyPatterns.map(expression);
const ignored = harmlessKeyPatterns.map(expression);
/** What the Collector's processor asks, in its order. */
const isMasked = (key: string) =>
  !knownKeys.includes(key) &&
  !ignored.some((pattern) => pattern.test(key)) &&
  blocked.some((pattern) => pattern.test(key));

const separated = (word: string, separator: string) => piecesOf(word).join(separator);
const camel = (word: string) =>
  piecesOf(word)
    .map((part, index) => (index === 0 ? part : `${part[0]?.toUpperCase()}${part.slice(1)}`))
    .join('');
const telling = Tells.anywhere | Tells.end | Tells.whole;
const words = KEY_WORDS.filter(([, bits]) => (bits & telling) !== 0).map(([word]) => word);
const about = KEY_WORDS.filter(([, bits]) => (bits & Tells.about) !== 0).map(([word]) => word);
const keys = words.flatMap((word) => [
  ...[word, word.toUpperCase(), separated(word, '_'), separated(word, '-'), separated(word, '.'), camel(word)],
  ...[
    `app.${separated(word, '_')}`,
    `http.request.header.x-${word}`,
    `${word}s`,
    `my${word}`,
    `${word}_hash`,
    `${word}_count`,
  ],
  ...about.map((end) => `${word}_${end}`),
]);

describe('names of secrets in redaction.yaml', () => {
  it('are those of packages/redaction', () => {
    expect(keys.length).toBeGreaterThan(5_000);
    const different = [
      ...new Set([...keys, ...knownKeys, 'session.id', 'session_id', 'secretary', 'tokenizer', 'bypass', 'author']),
    ]
      .map((key) => [key, isMasked(key), isSecret(matcher.tellOf(key))] as const)
      .filter(([, masked, secret]) => masked !== secret);
    expect(different).toEqual([]);
  });

  it('none is among the keys that are passed by', () => {
    expect(knownKeys.filter((key) => isSecret(matcher.tellOf(key)))).toEqual([]);
    expect(knownKeys).toContain('http.request.method');
  });
});
