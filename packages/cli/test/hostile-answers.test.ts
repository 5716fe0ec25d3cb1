import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireValue } from '../src/service/wire-value.js';
import { statusText } from '../src/status/status-text.js';
import { printable, printableJson } from '../src/text/printable.js';
import { overview } from './made-overview.js';
import { answering, run } from './run.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('what a terminal would act on', () => {
  it('does not come out of names and messages', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2Jx\r\n\u009b31m\u202etxt\u0000';
    const text = JSON.stringify(overview)
      .replaceAll('"shop"', JSON.stringify(evil))
      .replaceAll('"sprite_extraction"', JSON.stringify(evil))
      .replaceAll('"RangeError"', JSON.stringify(evil))
      .replaceAll('"Check the relay"', JSON.stringify(evil));
    const { stdout } = await run(['status'], { fetch: answering(text) });
    expect(stdout).not.toMatch(dangerous);
    expect(stdout.startsWith(']0;owned[2Jx31mtxt 1.4.0 (production)')).toBe(true);
    const json = await run(['status', '--json'], { fetch: answering(text) });
    expect(json.stdout).not.toMatch(dangerous);
    expect(JSON.parse(json.stdout).snapshot.service.name).toBe(evil);
  });

  it('does not come out of errors', async () => {
    const { stderr } = await run(['status'], { fetch: answering({ error: '\u001b[31mred\nline' }, 401) });
    expect(stderr).not.toMatch(dangerous);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('is in no printable text, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(50), (text, most) => {
        const shown = printable(text, most);
        expect(shown).not.toMatch(dangerous);
        expect(shown).not.toContain('\n');
        expect([...shown].length).toBeLessThanOrEqual(most);
        expect(JSON.parse(printableJson({ text }))).toEqual({ text });
        expect(printableJson({ text })).not.toMatch(dangerous);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any JSON in any place', () => {
  it('gives lines that fit, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
        const { snapshot, status } = overview;
        const parts = [
          { snapshot: a, status: b },
          { snapshot: { ...snapshot, service: a, operations: b, errors: c, usage: a, caches: b }, status },
          { snapshot: { ...snapshot, health: a, resources: b, custom: c, series: a }, status: b },
          { snapshot: { ...snapshot, operations: [a, b, c], caches: [a], health: { components: [b, c] } }, status },
          { snapshot, status: { server: a, signals: { traces: b }, ownCost: c, dropped: a, warnings: [b] } },
        ];
        for (const part of parts) {
          const text = statusText(new WireValue(part), 'http://127.0.0.1:9464');
          expect(text).not.toMatch(dangerous);
          for (const line of text.split('\n').slice(2)) expect([...line].length).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('in place of any value of a real answer, too', () => {
    const odd = fc.oneof(fc.double(), fc.bigInt().map(Number), fc.string({ unit: 'binary' }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 20 }), fc.nat(), (values, seed) => {
        let leaf = seed;
        const replaced = JSON.parse(JSON.stringify(overview), (_key, value) => {
          if (typeof value === 'object') return value;
          leaf += 1;
          return leaf % 3 === 0 ? values[leaf % values.length] : value;
        });
        const text = statusText(new WireValue(replaced), 'http://127.0.0.1:9464');
        expect(text).not.toMatch(dangerous);
        expect(text).toContain('\nERRORS  ');
        for (const line of text.split('\n').slice(2)) expect([...line].length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 500 },
    );
  });
});
