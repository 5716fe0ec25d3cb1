import { describe, expect, it } from 'vitest';
import { dashboardFiles, type PanelJson } from './dashboard-json.js';

const COLUMNS = 24;

describe.each(dashboardFiles)('%s', (_path, { panels }) => {
  it('has no panel over another, and none over the edge', () => {
    const cells = new Map<string, PanelJson>();
    for (const panel of panels) {
      const { x, y, w, h } = panel.gridPos;
      expect(x + w, panel.title).toBeLessThanOrEqual(COLUMNS);
      for (let column = x; column < x + w; column += 1) {
        for (let line = y; line < y + h; line += 1) {
          const cell = `${column},${line}`;
          expect(cells.get(cell)?.title, `${panel.title} at ${cell}`).toBeUndefined();
          cells.set(cell, panel);
        }
      }
    }
  });

  it('has lines that are filled to the edge, of panels of one height, without a gap between two lines', () => {
    const lines = new Map<number, PanelJson[]>();
    for (const panel of panels) lines.set(panel.gridPos.y, [...(lines.get(panel.gridPos.y) ?? []), panel]);
    let next = 0;
    for (const [y, line] of lines) {
      expect(y).toBe(next);
      const titles = line.map(({ title }) => title).join(', ');
      expect(
        line.reduce((sum, { gridPos }) => sum + gridPos.w, 0),
        titles,
      ).toBe(COLUMNS);
      expect(new Set(line.map(({ gridPos }) => gridPos.h)).size, titles).toBe(1);
      next = y + (line[0]?.gridPos.h ?? 0);
    }
  });

  it('begins with a row, numbers its panels in their order, and has no row without panels', () => {
    expect(panels[0]?.type).toBe('row');
    expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
    for (const [index, { type }] of panels.entries()) {
      if (type === 'row') expect(panels[index + 1]?.type).not.toBe('row');
    }
    expect(panels.at(-1)?.type).not.toBe('row');
  });
});
