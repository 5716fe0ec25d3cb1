/**
 * @typedef {{ fullName: string, ancestorTitles: string[], title: string, status: string }} TestResult
 * @typedef {{ name: string, status: string, message?: string, assertionResults: TestResult[] }} FileResult
 * @typedef {{ testResults: FileResult[] }} VitestReport what vitest's JSON reporter writes
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @param {FileResult} file */
const failedAsAWhole = (file) =>
  file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');

/** @param {TestResult} test */
const isSkipped = (test) => test.status !== 'passed' && test.status !== 'failed';

/**
 * Counts over all suites. A file that could not be loaded, or whose set-up failed, is one failure; so is a run that ended
 * badly without a failed test (an unhandled error, a report that was never written), because none of them may look green.
 * @param {VitestReport | undefined} report undefined when there is none
 * @param {number} exitCode vitest's own
 * @returns {Counts}
 */
export function countTests(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const failed = tests.filter((test) => test.status === 'failed').length + files.filter(failedAsAWhole).length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: failed === 0 && (exitCode !== 0 || tests.length === 0) ? 1 : failed,
    skipped: tests.filter(isSkipped).length,
  };
}

/**
 * One line for each group of tests that did not run, with the reason: the Collector's absence for tests that name the
 * Collector, what stands in `(needs …)` in a test's name, else the file that skips them.
 * @param {VitestReport | undefined} report
 * @param {{ root: string, collectorMissing?: string }} options `collectorMissing`: why there is none
 * @returns {string[]}
 */
export function notRun(report, { root, collectorMissing }) {
  /** @type {Map<string, { what: string, why: string, count: number }>} */
  const groups = new Map();
  for (const file of report?.testResults ?? []) {
    const path = file.name.startsWith(root) ? file.name.slice(root.length + 1) : file.name;
    for (const test of file.assertionResults.filter(isSkipped)) {
      const what = test.ancestorTitles[0] || path;
      const needs = /\(needs ([^)]+)\)/.exec(test.fullName)?.[1];
      let why = `skipped in ${path}`;
      if (failedAsAWhole(file)) why = `the set-up of ${path} failed`;
      else if (collectorMissing !== undefined && /\bCollector\b/.test(test.fullName)) why = collectorMissing;
      else if (needs !== undefined) why = `needs ${needs}`;
      const key = `${what}\n${why}`;
      const group = groups.get(key) ?? { what, why, count: 0 };
      group.count += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(
    ({ what, why, count }) => `not run: ${what} (${count} ${count === 1 ? 'test' : 'tests'}): ${why}`,
  );
}

/**
 * The last line that every runner of this project prints.
 * @param {Counts} counts
 */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
