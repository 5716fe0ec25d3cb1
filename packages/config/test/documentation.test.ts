import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { variables } from '../src/environment/variables.js';
import { configJsonSchema, environmentNames } from '../src/index.js';
import { toSnakeCase } from '../src/schema/key-spelling.js';

const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');

interface Row {
  byDefault: string;
  names: string[];
}
const rows = new Map<string, Row>();
for (const [, key = '', byDefault = '', names = ''] of page.matchAll(
  /^\| `([a-z_.]+)` \|.*\| ?([^|]*?) ?\| ?([^|]*?) ?\|$/gm,
)) {
  rows.set(key, { byDefault: byDefault.replaceAll('`', ''), names: names.match(/[A-Z][A-Z\d_]+/g) ?? [] });
}

interface Node {
  properties?: Record<string, Node>;
  anyOf?: Node[];
  default?: unknown;
}
const leaves = new Map<string, unknown>();
const visit = (node: Node, path: string): void => {
  const { properties } = node.anyOf?.find((each) => each.properties !== undefined) ?? node;
  if (properties === undefined) leaves.set(path, node.default);
  for (const [key, inner] of Object.entries(properties ?? {})) visit(inner, `${path}.${key}`);
};
for (const [key, node] of Object.entries((configJsonSchema() as { $defs: Record<string, Node> }).$defs))
  visit(node, key);

describe('docs/configuration.md', () => {
  it('has a row for every key, and none besides', () => {
    expect([...rows.keys()].sort()).toEqual([...leaves.keys()].sort());
  });

  it('tells the default that holds', () => {
    for (const [key, { byDefault }] of rows) {
      expect(`${key} ${byDefault}`.trim()).toBe(`${key} ${JSON.stringify(leaves.get(key)) ?? ''}`.trim());
    }
  });

  it('names every variable that is read, and none besides', () => {
    const named = new Set(page.match(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g));
    named.delete('OTEL_MONITOR');
    expect([...named].sort()).toEqual([...environmentNames].sort());
  });

  it('names a variable at the key that it sets', () => {
    const wrong: string[] = [];
    for (const { name, read } of variables) {
      if (name === 'OTEL_SDK_DISABLED' || name.endsWith('_EXPORTER')) continue;
      read(name.endsWith('HEADERS') ? 'a=b' : '1', {
        put: (path) => {
          if (rows.get(toSnakeCase(path))?.names.includes(name) !== true) wrong.push(`${name} at ${path}`);
        },
        decide: () => undefined,
        problem: (expected) => void wrong.push(`${name}: ${expected}`),
        warn: () => undefined,
        file: () => 'token',
      });
    }
    expect(wrong).toEqual([]);
  });
});
