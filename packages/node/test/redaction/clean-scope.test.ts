import { createRedactor } from '@otel-monitor/redaction';
import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withCleanScope } from '../../src/redaction/clean-scope.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;

beforeEach(() => {
  runtimeState.redactor = createRedactor();
});
afterEach(() => {
  runtimeState.redactor = undefined;
});

it('a scope is asked for by a redacted name, version and options', () => {
  const asked: unknown[] = [];
  const get = withCleanScope((...given: [string, string?, object?]) => void asked.push(given));
  get('library');
  get(`of ${SECRET}`, SECRET, { schemaUrl: `https://a/${SECRET}`, attributes: { token: 'x', a: 1 }, other: true });
  expect(asked).toEqual([
    ['library', undefined, undefined],
    [
      'of [redacted]',
      '[redacted]',
      { schemaUrl: 'https://a/[redacted]', attributes: { token: '[redacted]', a: 1 }, other: true },
    ],
  ]);
});
