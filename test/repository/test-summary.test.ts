import { describe, expect, it } from 'vitest';
import { countLine, countTests, notRun } from '../../scripts/test-summary.mjs';

const test = (status: string, ...names: string[]) => ({
  status,
  title: names.at(-1) ?? 'a test',
  ancestorTitles: names.slice(0, -1),
  fullName: names.join(' '),
});
const file = (name: string, status: string, ...assertionResults: ReturnType<typeof test>[]) => ({
  name: `/root/${name}`,
  status,
  assertionResults,
});
const report = (...testResults: ReturnType<typeof file>[]) => ({ testResults });

describe('counting tests', () => {
  it('counts passed, failed, and everything else as skipped', () => {
    const tests = ['passed', 'passed', 'failed', 'skipped', 'todo', 'pending'].map((status) => test(status));
    expect(countTests(report(file('a', 'failed', ...tests)), 1)).toEqual({ passed: 2, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const results = report(file('a', 'passed', test('passed')), file('b', 'failed'));
    expect(countTests(results, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a failed set-up as one failure beside the tests that it kept from running', () => {
    const results = report(file('a', 'failed', test('skipped'), test('skipped')));
    expect(countTests(results, 1)).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts a bad end without a failed test as one failure', () => {
    expect(countTests(report(file('a', 'passed', test('passed'))), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a report that is missing or empty as one failure', () => {
    expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests(report(), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('what could not run', () => {
  const options = { root: '/root', collectorMissing: 'no Collector found' };

  it('is told by group with the reason', () => {
    const results = report(
      file(
        'test/e2e/main-job.test.ts',
        'passed',
        test('skipped', 'end to end with the Collector', 'a'),
        test('skipped', 'end to end with the Collector', 'b'),
        test('passed', 'something else'),
      ),
      file('packages/host/test/proc.test.ts', 'passed', test('skipped', 'reads /proc (needs Linux)')),
      file('packages/host/test/other.test.ts', 'passed', test('skipped', 'later', 'c')),
    );
    expect(notRun(results, options)).toEqual([
      'not run: end to end with the Collector (2 tests): no Collector found',
      'not run: packages/host/test/proc.test.ts (1 test): needs Linux',
      'not run: later (1 test): skipped in packages/host/test/other.test.ts',
    ]);
  });

  it('does not blame the Collector when there is one', () => {
    const results = report(file('a.test.ts', 'passed', test('skipped', 'with the Collector', 'a')));
    expect(notRun(results, { root: '/root' })).toEqual(['not run: with the Collector (1 test): skipped in a.test.ts']);
  });

  it('names a failed set-up', () => {
    const results = report(file('a.test.ts', 'failed', test('skipped', 'with the Collector', 'a')));
    expect(notRun(results, options)).toEqual(['not run: with the Collector (1 test): the set-up of a.test.ts failed']);
  });
});

it('the last line names skipped tests only when there are some', () => {
  expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(countLine({ passed: 12, failed: 1, skipped: 9 })).toBe('12 passed, 1 failed, 9 skipped');
});
