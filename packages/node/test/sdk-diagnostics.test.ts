import { diag } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { printDiagnostics } from '../src/sdk-diagnostics.js';

afterEach(() => diag.disable());

test('prints from the level that was asked for on, one line each', () => {
  const lines: string[] = [];
  printDiagnostics('warn', (line) => lines.push(line));
  diag.error('went wrong', { code: 7 });
  diag.warn('may go wrong');
  diag.info('goes on');
  expect(lines).toEqual(['otel-monitor: error: went wrong { code: 7 }\n', 'otel-monitor: warn: may go wrong\n']);
});

test('prints nothing when nobody asked, and leaves the logger of somebody else alone', () => {
  const theirs: string[] = [];
  const note = (message: string) => void theirs.push(message);
  diag.setLogger({ error: note, warn: note, info: note, debug: note, verbose: note });
  const lines: string[] = [];
  printDiagnostics('none', (line) => lines.push(line));
  diag.error('went wrong');
  expect([lines, theirs]).toEqual([[], ['went wrong']]);
});

test('cuts a line that would hold a whole batch', () => {
  const lines: string[] = [];
  printDiagnostics('debug', (line) => lines.push(line));
  diag.debug('items', 'x'.repeat(100_000));
  const items = lines.filter((line) => line.includes('items'));
  expect(items.map((line) => line.length < 2100)).toEqual([true]);
});
