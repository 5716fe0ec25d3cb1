import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the tree, so that the packages are found as a user's program finds them. */
const folder = join(root, 'node_modules/.cache/otel-monitor-bound-metrics-guide');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the example of the bound-metrics guide runs as it stands, and prints what it recorded', () => {
  const guide = readFileSync(join(root, 'packages/bound-metrics/README.md'), 'utf8');
  // its types are all inferred, so that it is JavaScript as well
  const example = /^```ts\n(.*?)^```$/ms.exec(guide)?.[1] ?? '';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'example.mjs'), example);
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'example.mjs')], { encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
  for (const printed of [
    "name: 'shop.requests'",
    "unit: '{request}'",
    "attributes: { route: '/' }",
    'value: 1',
    "name: 'shop.duration'",
    'boundaries: [ 0.01, 0.1, 1 ]',
    'counts: [ 0, 1, 0, 0 ]',
    'sum: 0.023',
  ]) {
    // the console wraps as it likes
    expect(stdout.replace(/\s+/g, ' ')).toContain(printed);
  }
});
