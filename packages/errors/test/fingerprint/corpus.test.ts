import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';
import { described, realTraces, type Trace } from '../corpus/corpus.js';

const traces = realTraces();

function groupsOf(all: readonly Trace[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const trace of all) {
    const { groupId } = fingerprintOf(described(trace));
    groups.set(groupId, [...(groups.get(groupId) ?? []), trace.fault]);
  }
  return groups;
}

describe('the corpus of real stack traces', () => {
  it('has traces of Node 20, 22 and 24, of a browser, of frameworks, runners, compilers and bundlers', () => {
    const kinds = new Set(traces.map(({ fault }) => fault.split(':')[0]));
    expect(new Set(traces.map(({ fault }) => fault)).size).toBeGreaterThanOrEqual(60);
    expect(traces.length).toBeGreaterThanOrEqual(200);
    for (const line of ['20', '22', '24'])
      expect(traces.some(({ from }) => from.startsWith(`node ${line}`))).toBe(true);
    expect([...kinds].sort()).toMatchInlineSnapshot(`
      [
        "browser, minified",
        "browser, modules",
        "bundled by esbuild",
        "clients",
        "connection refused",
        "minified by esbuild",
        "minified by rollup",
        "minified by webpack",
        "modules",
        "plain",
        "runners",
        "services",
        "typescript",
        "webpack of development",
      ]
    `);
  });

  it.each([...new Set(traces.map(({ fault }) => fault))])('is one group wherever it happened: %s', (fault) => {
    const ids = new Map<string, string[]>();
    for (const trace of traces.filter((each) => each.fault === fault)) {
      const { groupId } = fingerprintOf(described(trace));
      ids.set(groupId, [...(ids.get(groupId) ?? []), trace.from]);
    }
    expect([...ids.values()]).toHaveLength(1);
  });

  it('puts no two faults into one group', () => {
    const mixed = [...groupsOf(traces).values()]
      .map((faults) => [...new Set(faults)])
      .filter(({ length }) => length > 1);
    expect(mixed).toEqual([]);
  });
});

/** What V8 and Node write themselves, and no program of the corpus. */
const OWN_WORDS = [
  'ENOTFOUND',
  'EventEmitter',
  'Function',
  'Immediate',
  'ModuleJob',
  '_compile',
  'anonymous',
  'function',
  'internal',
  'node_modules',
  'operation',
  'position',
  'promises',
  'prototype',
  'undefined',
];

describe('the rules', () => {
  it('hold no literal of the corpus but words of V8 and Node', () => {
    const folder = new URL('../../src/fingerprint/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const corpus = JSON.stringify(traces.map(({ fault: _fault, from: _from, ...told }) => told));
    const found = new Set<string>();
    for (const name of sources) {
      const code = readFileSync(new URL(name, folder), 'utf8').replace(
        /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm,
        '',
      );
      for (const [literal] of code.matchAll(/(?<=')[^'\n]{8,}(?=')|(?<=`)[^`]{8,}(?=`)|(?<=\/)[^/\n]{8,}(?=\/)/g)) {
        for (const [word] of literal.matchAll(/[A-Za-z_]{8,}/g)) if (corpus.includes(word)) found.add(word);
      }
    }
    expect([...found].filter((word) => !OWN_WORDS.includes(word))).toEqual([]);
  });
});
