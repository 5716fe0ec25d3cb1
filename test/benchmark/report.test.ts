import { describe, expect, it } from 'vitest';
import { page, table } from './report.mjs';
import { alone, compared, notMeasured } from './rows.mjs';

const rows = [
  compared('call', { ours: [1, 2, 3], theirs: [10, 20, 40], unit: 'µs', budget: 0.1, note: 'half of them async' }),
  compared('other call', { ours: [8], theirs: [10], unit: 'µs', budget: 0.65 }),
  alone('memory', { ours: [9.5], unit: 'MB', limit: 10 }),
  { ...notMeasured('peer', 'npm install failed: no network'), budget: 0.35 },
];
const settings = { rounds: 3, serviceRounds: 3, peerRounds: 3, startRounds: 9, requests: 200_000 };
const run = { rows, settings, date: '2026-11-24', equalWork: '40 spans', loadBefore: 0.25, minutes: '24' };

describe('the page of the benchmark', () => {
  it('has a line for each row, with spread, budget and verdict', () => {
    expect(table(rows).split('\n').slice(2)).toEqual([
      '| call | 2.00 µs (1.00–3.00) | 20.0 µs (10.0–40.0) | 0.1000 (0.0750–0.1000) | ≤ 0.1 × | yes |'.replaceAll(
        '0.1000',
        '0.10',
      ),
      '| other call | 8.00 µs (8.00–8.00) | 10.0 µs (10.0–10.0) | 0.80 (0.80–0.80) | ≤ 0.65 × | **no** |',
      '| memory | 9.50 MB (9.50–9.50) |  |  | ≤ 10 MB | yes |',
      '| peer | not measured: npm install failed: no network |  |  | ≤ 0.35 × | unknown |',
    ]);
  });

  it('names what was missed and what was not measured', () => {
    const text = page(run, '');
    expect(text).toContain('\nMissed: other call.\nNot measured: peer (npm install failed: no network).\n');
    expect(text).toContain('\n- call: half of them async\n');
  });

  it('says that no budget is missed only when none is', () => {
    expect(page({ ...run, rows: rows.slice(0, 1) }, '')).toContain('\nNo budget is missed.\n');
    expect(page(run, '')).not.toContain('No budget is missed');
  });

  it('keeps what was written by hand, and nothing else of the page before', () => {
    const first = page(run, '# Benchmarks\n\nold figures\n');
    expect(first).not.toContain('old figures');
    const byHand = '\n## The floor\n\nThe SDK’s own span is half of it.\n';
    const second = page({ ...run, date: '2026-12-01' }, first + byHand);
    expect(second.endsWith(byHand)).toBe(true);
    expect(second).toContain('2026-12-01');
    expect(second).not.toContain('2026-11-24');
    expect(page(run, second)).toBe(first + byHand);
  });
});
