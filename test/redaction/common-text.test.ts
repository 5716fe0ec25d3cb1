import { describe, expect, it } from 'vitest';
import { commonKey, commonKeys, commonMetricName } from '../../scripts/collector-redaction/common-keys.mjs';
import {
  commonDescription,
  commonName,
  uuid,
  withoutForms,
  withoutSigns,
  withoutWords,
} from '../../scripts/collector-redaction/common-text.mjs';
import { secretKeyPatterns } from '../../scripts/collector-redaction/key-names.mjs';
import {
  mailAddresses,
  secretsWithinNames,
  shapesByBeginning,
  shapesByForm,
  webhooks,
} from '../../scripts/collector-redaction/key-shapes.mjs';
import { behindName, toldBySign, toldByWord } from '../../scripts/collector-redaction/told-secrets.mjs';
import type { Automaton } from './patterns/automaton.js';
import { automatonOf } from './patterns/pattern-automaton.js';
import { textOfBoth } from './patterns/text-of-both.js';

const patternsOf = (groups: readonly { readonly patterns: readonly string[] }[]) =>
  groups.flatMap(({ patterns }) => patterns);
/** Patterns that differ in the name alone are one, which is as good and read faster. */
function together(patterns: readonly string[]): readonly string[] {
  const isNamed = (flags: string) => (pattern: string) => pattern.startsWith(flags) && pattern.endsWith(behindName);
  const merged = ['(?s)', '(?is)'].map((flags) => {
    const names = patterns.filter(isNamed(flags)).map((pattern) => pattern.slice(flags.length, -behindName.length));
    return `${flags}(?:${names.join('|')})${behindName}`;
  });
  const others = patterns.filter((pattern) => !isNamed('(?s)')(pattern) && !isNamed('(?is)')(pattern));
  expect(patterns.length - others.length).toBeGreaterThan(40);
  return [...merged, ...others];
}
const signs = together(patternsOf([...toldBySign, mailAddresses]));
const words = patternsOf([...toldByWord, webhooks]);
const forms = patternsOf([...shapesByBeginning, ...shapesByForm]);

const automata = new Map<string, Automaton>();
function read(pattern: string): Automaton {
  const automaton = automata.get(pattern) ?? automatonOf(pattern);
  automata.set(pattern, automaton);
  return automaton;
}

/** Texts that are passed by although a pattern finds something in them; none where the gate is safe. */
function passedBy(gate: string, patterns: readonly string[]): readonly string[] {
  const automaton = automatonOf(gate);
  return patterns.flatMap((pattern) => {
    const text = textOfBoth(automaton, read(pattern));
    return text === undefined ? [] : [`${JSON.stringify(text)} has ${pattern.slice(0, 80)}`];
  });
}

describe('what redaction.yaml passes by', () => {
  it.each([
    ['values without signs', withoutSigns, signs],
    ['values without telling words', withoutWords, words],
    ['values without forms', withoutForms, forms],
    ['names', [commonName], [...signs, ...words, ...forms]],
    ['keys, by the names of secrets', [commonKey], secretKeyPatterns],
    ['keys and descriptions, by keys of makers', [commonKeys, commonMetricName, commonDescription], secretsWithinNames],
  ])('%s: no text of them has what a pattern finds', (_, gates, patterns) => {
    expect(gates.flatMap((gate) => passedBy(gate, patterns))).toEqual([]);
  });

  it('a UUID: nothing but digits like those of a card', () => {
    const found = passedBy(uuid, forms);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('5[1-5]');
  });
});

describe('the proof', () => {
  it.each([
    ['^[\\w./{}*]{0,13}$', '(?:^|[\\s(:])[2-9]\\d\\d[ .-][2-9]\\d\\d[.-]\\d{4}\\b', '200.200.0000'],
    ['^/?[a-z]{0,18}(?:[_:/-][a-z]{0,18}){0,16}$', '(?i)file:///home/[^/]+', 'file:///home/a'],
    ['^[a-z ]*$', 'token\\s+[a-z]', 'token a'],
    ['^(?:a|bc)$', 'b\\b', undefined],
    ['^(?:a|b c)$', 'b\\b', 'b c'],
    ['^[^x]{3}$', '\\bab$', '\u0000ab'],
    ['^[a-w]{3}$', '\\bab$', undefined],
    ['^[^x]{2,3}$', '\\bab$', 'ab'],
    ['^.*$', '(?s)a.b', 'a0b'],
    ['^.*$', 'a\\nb', undefined],
    ['^[^A-Z]*$', '(?i)ABC', 'abc'],
    ['^[^A-Z]*$', 'A(?:b)', undefined],
  ])('in %s, %s finds %j', (gate, pattern, text) => {
    expect(textOfBoth(automatonOf(gate), automatonOf(pattern))).toBe(text);
    if (text !== undefined) {
      const expression = (source: string) => {
        const flags = /^\(\?([is]+)\)/.exec(source);
        return new RegExp(source.slice(flags?.[0].length ?? 0), `u${flags?.[1] ?? ''}`);
      };
      expect([expression(gate).test(text), expression(pattern).test(text)]).toEqual([true, true]);
    }
  });

  it.each(['(?<name>a)', '(?=a)', 'a**', '\\pL', '(a', 'a)'])('what it cannot read throws: %s', (pattern) => {
    expect(() => automatonOf(pattern)).toThrow('not known at');
  });
});
