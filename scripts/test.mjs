/**
 * Runs every suite once with what this machine has, then says what it could not run and why. Arguments go to vitest:
 * `npm test -- --project unit packages/config`. With OTELCOL_REQUIRED=1 (CI) a missing Collector is a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCollector } from './find-collector.mjs';
import { repositoryRoot } from './repository.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { countLine, countTests, notRun } from './test-summary.mjs';

const { found, notes } = findCollector(process.env);
const required = process.env.OTELCOL_REQUIRED === '1';
const collectorMissing = found ? undefined : `${notes.join('; ')}; \`npm run collector\` builds one with Go`;

const env = { ...process.env };
delete env.OTELCOL;
if (found !== undefined) env.OTELCOL = found.path;

const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-results-'));
const results = join(folder, 'results.json');
/** @type {import('./test-summary.mjs').VitestReport | undefined} */
let report;
let exitCode = 1;
try {
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const args = [vitest, 'run', ...reporters, ...process.argv.slice(2)];
  exitCode = await runInForeground(process.execPath, args, { env, cwd: repositoryRoot });
  report = JSON.parse(readFileSync(results, 'utf8'));
} catch (error) {
  console.error(`no results of the tests: ${/** @type {Error} */ (error).message}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const counts = countTests(report, exitCode);
console.log('');
if (found !== undefined) console.log(`Collector: ${found.path} (${found.origin})`);
for (const line of notRun(report, { root: repositoryRoot, ...(collectorMissing && { collectorMissing }) })) {
  console.log(line);
}
if (required && collectorMissing !== undefined) {
  console.log(`failed: the Collector is required here (OTELCOL_REQUIRED=1): ${collectorMissing}`);
  counts.failed += 1;
}
console.log(countLine(counts));
process.exitCode = exitCode !== 0 ? exitCode : counts.failed > 0 ? 1 : 0;
