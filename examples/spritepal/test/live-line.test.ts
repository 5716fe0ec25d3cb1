import { describe, expect, it } from 'vitest';
import { showLive } from '../src/live-display.js';
import { formatLiveLine, type LiveFigures } from '../src/live-line.js';

const figures: LiveFigures = {
  uptimeSeconds: 12.7,
  operations: 345,
  failures: 3,
  extractionP95Seconds: 0.00214,
  errors: 3,
  cacheHits: 2,
  cacheMisses: 1,
  batches: 1,
  health: 'healthy',
};

describe('the live line', () => {
  it('tells what has been recorded', () => {
    expect(formatLiveLine(figures)).toBe(
      '12 s | healthy | 1 batch | 345 operations (3 failed) | 3 errors | thumbnails 67% hits | extraction p95 2.1 ms',
    );
  });

  it('shows a dash for what is not known yet', () => {
    const empty = {
      ...figures,
      extractionP95Seconds: undefined,
      cacheHits: 0,
      cacheMisses: 0,
      operations: 1,
      errors: 1,
    };
    expect(formatLiveLine(empty)).toBe(
      '12 s | healthy | 1 batch | 1 operation (3 failed) | 1 error | thumbnails - | extraction p95 -',
    );
  });

  it.each([
    [59.9, '59 s'],
    [60, '1 min 0 s'],
    [3599, '59 min 59 s'],
    [90_000, '25 h 0 min'],
    [-1, '0 s'],
  ])('writes %s seconds as %s', (uptimeSeconds, text) => {
    expect(formatLiveLine({ ...figures, uptimeSeconds }).split(' | ')[0]).toBe(text);
  });

  it('fits the width that there is', () => {
    expect(formatLiveLine(figures, 20)).toBe('12 s | healthy | 1 ~');
    for (let columns = 1; columns < 150; columns++) {
      expect(formatLiveLine(figures, columns).length).toBeLessThanOrEqual(columns);
    }
  });
});

describe('the live display', () => {
  it('rewrites its line on a terminal, clears the rest of it, and leaves it at the end', () => {
    let written = '';
    const stream = { isTTY: true, columns: 11, write: (text: string) => (written += text) };
    showLive(stream, (columns) => `w${columns}`)();
    expect(written).toBe('\rw10\x1b[K\n');
  });

  it('on a pseudo-terminal that says it has no columns takes 80', () => {
    let written = '';
    showLive({ isTTY: true, columns: 0, write: (text: string) => (written += text) }, (columns) => `w${columns}`)();
    expect(written).toBe('\rw79\x1b[K\n');
  });

  it('adds a line elsewhere', () => {
    let written = '';
    showLive({ write: (text: string) => (written += text) }, (columns) => `w${columns}`)();
    expect(written).toBe('wundefined\n');
  });

  it('goes on without a line when the figures cannot be had', () => {
    let written = '';
    const stop = showLive({ write: (text: string) => (written += text) }, () => {
      throw new Error('not started');
    });
    expect(stop).not.toThrow();
    expect(written).toBe('');
  });
});
