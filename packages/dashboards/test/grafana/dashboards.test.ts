import { describe, expect, it } from 'vitest';
import { grafanaFiles } from '../../src/index.js';
import { dashboardFiles, shownPanels } from './dashboard-json.js';

/** Grafana's words for units that are used. */
const UNITS = ['short', 's', 'dtdurations', 'percentunit', 'bytes', 'decbytes', 'binBps', 'reqps', 'ops', 'cps'];

it('the dashboards are these, with these panels', () => {
  const contents = dashboardFiles.map(([path, { uid, title, panels }]) => ({
    path,
    uid,
    title,
    panels: panels.map((panel) => (panel.type === 'row' ? `— ${panel.title}` : `${panel.type}: ${panel.title}`)),
  }));
  expect(contents).toMatchSnapshot();
});

it('the same source makes the same text', () => {
  expect(grafanaFiles()).toEqual(grafanaFiles());
});

it('a uid is of one dashboard alone, and as long as Grafana lets it be', () => {
  const uids = dashboardFiles.map(([, { uid }]) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  for (const uid of uids) expect(uid).toMatch(/^otel-monitor-[a-z-]{1,27}$/);
});

describe.each(dashboardFiles)('%s', (path, dashboard) => {
  it('can be imported anywhere: no id of a database, no data source but the chosen one', () => {
    expect(dashboard).not.toHaveProperty('id');
    expect(dashboard.schemaVersion).toBe(42);
    expect(`${dashboard.uid}.json`).toBe(`otel-monitor-${path}`);
    for (const panel of shownPanels(dashboard)) {
      expect(panel.datasource).toEqual({ type: 'prometheus', uid: `\${datasource}` });
    }
  });

  it('leads to the others, with services and time', () => {
    expect(dashboard.tags).toEqual(['otel-monitor']);
    expect(dashboard.links).toEqual([
      expect.objectContaining({ type: 'dashboards', tags: ['otel-monitor'], includeVars: true, keepTime: true }),
    ]);
  });

  it('lets one choose Prometheus, services and processes', () => {
    expect(dashboard.templating.list.slice(0, 3).map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'datasource: datasource',
      'job: query',
      'instance: query',
    ]);
  });

  it('has panels of different names, each with words about it, a unit, and queries of different letters', () => {
    const panels = shownPanels(dashboard);
    const titles = panels.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    for (const { title, description = '', targets = [], fieldConfig } of panels) {
      expect(description, title).toMatch(/^.{15,240}[.…]$/);
      expect(UNITS, title).toContain(fieldConfig?.defaults.unit);
      expect(targets.length, title).toBeGreaterThan(0);
      expect(targets.map(({ refId }) => refId)).toEqual([...'ABCDEFGH'].slice(0, targets.length));
    }
  });

  it('asks for nothing but variables of its own and of Grafana', () => {
    const own = dashboard.templating.list.map(({ name }) => name);
    const known = new Set([
      ...own,
      '__rate_interval',
      '__range',
      '__interval',
      '__interval_ms',
      '__from',
      '__to',
      '__org',
    ]);
    const used = [...JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name as string);
    const unknown = used.filter((name) => !known.has(name) && !['__all', '__field', '__data'].includes(name));
    expect(unknown).toEqual([]);
    // and every one of its own is used: in a query, a title, another variable or a link
    for (const name of own) expect(used, name).toContain(name);
  });

  it('has exemplars in nothing but histograms', () => {
    for (const { title, targets = [] } of shownPanels(dashboard)) {
      for (const { expr, exemplar } of targets) if (exemplar) expect(expr, title).toContain('histogram_quantile');
    }
  });

  it('has limits whose colours change in rising order', () => {
    for (const { title, fieldConfig } of shownPanels(dashboard)) {
      const steps = fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [];
      const numbers = steps.filter((value) => value !== null);
      expect(steps.slice(1), title).toEqual(numbers);
      expect(numbers, title).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it('has scales on which the limits of a share can be told from each other and from its end', () => {
    for (const { title, type, fieldConfig } of shownPanels(dashboard)) {
      const { unit, min, max, thresholds, custom = {} } = fieldConfig?.defaults ?? {};
      const limits = thresholds?.steps.slice(1).map(({ value }) => value as number) ?? [];
      if (type !== 'timeseries' || unit !== 'percentunit' || limits.length === 0) continue;
      const from = min ?? custom.axisSoftMin ?? 0;
      const end = max ?? custom.axisSoftMax;
      const marks = end === undefined ? limits : [...limits, end];
      const whole = (marks.at(-1) as number) - from;
      for (const [index, mark] of marks.slice(1).entries()) {
        expect((mark - (marks[index] as number)) / whole, `${title}: from ${from}, ${marks}`).toBeGreaterThan(0.04);
      }
    }
  });

  it('has links of values that are what Grafana reads: an address whose panes are JSON once the variables are in', () => {
    for (const { fieldConfig } of shownPanels(dashboard)) {
      for (const link of fieldConfig?.defaults.links ?? []) {
        expect(Object.keys(link).sort()).toEqual(['targetBlank', 'title', 'url']);
        const url = new URL(String(link.url).replaceAll(/\$\{[\w.]+\}/g, 'x'), 'http://grafana');
        expect(url.pathname).toBe('/explore');
        expect(JSON.parse(url.searchParams.get('panes') ?? '')).toEqual({
          traces: {
            datasource: 'x',
            queries: [expect.objectContaining({ queryType: 'search', service: 'x' })],
            range: { from: 'x', to: 'x' },
          },
        });
      }
    }
  });

  it('has links of values that name no label but those that all of its series have', () => {
    for (const { title, type, targets = [], fieldConfig } of shownPanels(dashboard)) {
      for (const { url } of fieldConfig?.defaults.links ?? []) {
        const kind = type === 'table' ? 'data\\.fields' : 'field\\.labels';
        const labels = [...String(url).matchAll(/\$\{__(?:field\.labels|data\.fields)\.(\w+)\}/g)].map(
          ([, label]) => label,
        );
        expect([...String(url).matchAll(new RegExp(`\\$\\{__${kind}\\.`, 'g'))], title).toHaveLength(labels.length);
        for (const { expr } of targets) {
          const groups = [...expr.matchAll(/ by \(([^)]*)\)/g)].map(([, list]) => list?.split(', ') ?? []);
          for (const label of labels)
            expect(
              groups.every((group) => group.includes(label ?? '')),
              title,
            ).toBe(true);
        }
      }
    }
  });
});
