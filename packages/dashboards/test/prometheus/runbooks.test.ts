import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheusFiles } from '../../src/index.js';
import { promtools, runPromtool } from './promtool.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = readFileSync(`${root}docs/runbooks.md`, 'utf8');
const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title as string);

interface WrittenRule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const options = { operationLimits: [{ operation: 'import', seconds: 20 }] };
const alerts = prometheusFiles(options)
  .flatMap(({ text }) => (parse(text) as { groups: { rules: WrittenRule[] }[] }).groups)
  .flatMap(({ rules }) => rules)
  .filter(({ alert }) => alert !== undefined);

describe('the runbooks', () => {
  it.each([...new Set(alerts.map(({ alert }) => alert as string))])('have a section of %s', (alert) => {
    expect(sections).toContain(alert);
  });

  it('have no section of an alert that is none', () => {
    const names = new Set(alerts.map(({ alert }) => alert));
    expect(sections.filter((section) => !names.has(section))).toEqual([]);
  });

  it('are where every alert says they are, and each alert says what it is', () => {
    for (const { alert = '', labels = {}, annotations = {} } of alerts) {
      expect(['info', 'warning', 'critical']).toContain(labels.severity);
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook_url']);
      expect(annotations.runbook_url).toBe(`docs/runbooks.md#${alert.toLowerCase()}`);
      expect(annotations.summary?.length, alert).toBeGreaterThan(20);
      expect(annotations.description?.length, alert).toBeGreaterThan(20);
    }
  });

  it('may be elsewhere', () => {
    const texts = prometheusFiles({ runbooks: 'https://wiki.example.com/runbooks' }).map(({ text }) => text);
    expect(texts.join('')).toContain('runbook_url: https://wiki.example.com/runbooks#higherrorrate');
    expect(texts.join('')).not.toContain('docs/runbooks.md#');
  });

  it('link to sections that are there', () => {
    const anchors = sections.map((section) => section.toLowerCase());
    for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
  });

  for (const promtool of promtools) {
    it.skipIf(promtool.path === undefined)(`have queries that Prometheus can read ${promtool.needs}`, async () => {
      const queries = [...page.matchAll(/^ *```promql\n([^`]+)```$/gm)].map(([, query]) => query?.trim());
      expect(queries.length).toBeGreaterThan(5);
      const rules = queries.map((expr, index) => ({ record: `query_${index}`, expr }));
      const { status, output } = await runPromtool(promtool, ['check', 'rules', 'queries.yaml'], {
        'queries.yaml': { groups: [{ name: 'queries', rules }] },
      });
      expect(output).toContain(`${queries.length} rules found`);
      expect(status).toBe(0);
    });
  }
});
