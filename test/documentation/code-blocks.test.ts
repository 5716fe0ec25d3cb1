import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the tree, so that the packages are found as a user's program finds them. */
const folder = join(root, 'node_modules/.cache/otel-monitor-documentation');
const tsc = join(root, 'node_modules/typescript/bin/tsc');

/** What a page's code takes for granted: the reader's own program. */
const SURROUNDINGS = `
declare function extract(): Promise<unknown[]>;
declare function load(): Uint8Array;
declare function place(cart: { id: string }): Promise<string>;
declare function pay(): Promise<void>;
declare function send(path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
declare const sources: import('@otel-monitor/server').ServerSources;
declare const app: { use(path: string, handler: unknown): void };
declare const error: unknown;
declare const userId: string;
declare const pool: { query(text: string): Promise<unknown> };
declare const queue: unknown[];
declare const cart: { id: string };
declare const request: import('node:http').IncomingMessage;
declare const response: import('node:http').ServerResponse;
declare const resourceMetrics: import('@opentelemetry/sdk-metrics').ResourceMetrics;
declare const exporter: import('@opentelemetry/sdk-metrics').PushMetricExporter;
declare const PeriodicExportingMetricReader: typeof import('@opentelemetry/sdk-metrics').PeriodicExportingMetricReader;
declare const monitor: import('@otel-monitor/monitor').Monitor;
declare const monitoring: import('@otel-monitor/attach').Monitoring;
`;

const pages = [
  'README.md',
  'docs/dashboards.md',
  'docs/errors.md',
  'docs/http.md',
  'docs/privacy.md',
  'docs/logs.md',
  'docs/jobs.md',
  'docs/messaging.md',
  'docs/workflows.md',
  'docs/usage.md',
  ...['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}/README.md`),
  ),
];

/** The TypeScript of a page, a block after the other; a block that declares what it uses is a module of its own. */
function blocksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the code of every README and guide compiles against the packages as they are built', () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'surroundings.d.ts'), SURROUNDINGS);
  const files = ['surroundings.d.ts'];
  for (const page of pages) {
    blocksOf(page).forEach((block, index) => {
      const file = `${page.replaceAll('/', '-').replace('.md', '')}-${index + 1}.ts`;
      writeFileSync(join(folder, file), `${block}\nexport {};\n`);
      files.push(file);
    });
  }
  expect(files.length).toBeGreaterThan(10);
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', cwd: folder });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
