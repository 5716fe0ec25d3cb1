/**
 * `npm run check`: everything that can be said about the tree without running its tests. Prints a table, what is wrong
 * under it, and at the end the same line as the tests, one check counting as one.
 */
import { generatedFileProblems } from './checks/generated-files.mjs';
import { lockfileProblems } from './checks/lockfile.mjs';
import { npmScriptProblems } from './checks/npm-script.mjs';
import { exportProblems, manifestRuleProblems, publintProblems } from './checks/packaging.mjs';
import { countLine } from './test-summary.mjs';

/**
 * In this order: `types` builds the packages, which the checks of packaging look at.
 * @type {{ name: string, find: () => string[] | Promise<string[]> }[]}
 */
const checks = [
  { name: 'types', find: () => npmScriptProblems('typecheck') },
  { name: 'lint and format', find: () => npmScriptProblems('lint') },
  { name: 'package.json rules', find: () => manifestRuleProblems() },
  { name: 'exports are there', find: () => exportProblems() },
  { name: 'packaging (publint)', find: () => publintProblems() },
  { name: 'lock file', find: () => lockfileProblems() },
  { name: 'generated files', find: () => generatedFileProblems() },
];

/** @type {{ name: string, problems: string[] }[]} */
const failures = [];
for (const { name, find } of checks) {
  const started = performance.now();
  /** @type {string[]} */
  let problems;
  try {
    problems = await find();
  } catch (error) {
    problems = [String(/** @type {Error} */ (error).stack)];
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.padStart(6)} s`);
  if (problems.length > 0) failures.push({ name, problems });
}
for (const { name, problems } of failures) {
  console.log(`\n${name}:`);
  for (const problem of problems) console.log(`  ${problem}`);
}
console.log(failures.length > 0 ? '' : 'all checks passed');
console.log(countLine({ passed: checks.length - failures.length, failed: failures.length, skipped: 0 }));
process.exitCode = failures.length > 0 ? 1 : 0;
