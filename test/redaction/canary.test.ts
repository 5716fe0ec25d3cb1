import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import { startByteSink } from './byte-sink.js';
import { formsOf, leaked } from './secret-forms.js';

const program = fileURLToPath(new URL('./programs/canary.mjs', import.meta.url));
/** Of the shape of a token; made here, so that it is nobody's. */
const SECRET = `ghp_${['c4N4ry', 'sW33t', 'b1Rd', 'sH0uld', 'n0T', 'l34v3', '0xQz'].join('')}`;
const PAGES = [
  ...[
    '/metrics',
    '/health',
    '/health/components',
    '/dashboard/overview',
    '/errors/summary',
    '/errors/groups?limit=500',
  ],
  ...['/usage', '/usage/features?limit=500', '/usage/users', '/usage/releases', '/usage/workflows', '/usage/flags'],
];

interface Output {
  readonly places: readonly string[];
  readonly pages: Readonly<Record<string, { status: number; text: string }>>;
}

describe.each(['http/protobuf', 'http/json'])('one secret in every place, by OTLP %s', (protocol) => {
  let sent: Buffer;
  let output: Output;
  let stderr: string;
  /** What is kept for the next process: names and contents of files. */
  let kept: string;

  beforeAll(async () => {
    const sink = await startByteSink();
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-canary-'));
    const run = await runProgram(program, {
      env: {
        SINK: sink.url,
        SECRET,
        VIEWER: 'v'.repeat(20),
        OPERATOR: 'o'.repeat(20),
        OTEL_MONITOR_STATE_DIRECTORY: folder,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs/dup',
        OTEL_LOG_LEVEL: 'debug',
        OTEL_SERVICE_NAME: `service-name ${SECRET}`,
        OTEL_RESOURCE_ATTRIBUTES: [
          `service.version=service-version ${SECRET}`,
          `service.namespace=service-namespace ${SECRET}`,
          `deployment.environment.name=environment-name ${SECRET}`,
          `note=resource-attribute ${SECRET}`,
          `resource-key-${SECRET}=1`,
          `resource.password=${SECRET}`,
        ].join(','),
      },
    });
    sent = sink.bytes();
    await sink.close();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    kept = files
      .map((file) => `${file.name}\n${file.isFile() ? readFileSync(join(file.parentPath, file.name), 'utf8') : ''}`)
      .join('\n');
    rmSync(folder, { recursive: true, force: true });
    expect(run.code).toBe(0);
    stderr = run.stderr;
    output = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as Output;
  });

  test('there are places enough, and each of them has arrived', () => {
    const resource = ['service-name', 'service-version', 'service-namespace', 'environment-name', 'resource-attribute'];
    const places = [...output.places, ...resource, 'resource-key'];
    expect(places.length).toBeGreaterThan(90);
    const base64 = (text: string) => Buffer.from(text.slice(0, text.length - (text.length % 3))).toString('base64');
    const pages = Object.values(output.pages).map(({ text }) => text);
    const hasArrived = (place: string) =>
      sent.includes(place) || sent.includes(base64(place)) || pages.some((text) => text.includes(place));
    expect(places.filter((place) => !hasArrived(place))).toEqual([]);
  });

  test('no byte of it leaves', () => {
    expect(leaked(SECRET, sent)).toEqual([]);
    expect(sent.includes('[redacted]')).toBe(true);
  });

  test('it is in no file that is kept for the next process', () => {
    expect(kept).toContain('service-namespace');
    expect(kept).toContain('own-feature-name');
    expect(kept).toContain('own-error-message');
    expect(leaked(SECRET, kept)).toEqual([]);
  });

  test('it is on no page, and in no line', () => {
    const pages = Object.entries(output.pages);
    expect(pages.map(([path]) => path)).toEqual(expect.arrayContaining(PAGES));
    expect(pages.length).toBeGreaterThan(PAGES.length + 6);
    expect(pages.filter(([, { status }]) => status !== 200)).toEqual([]);
    for (const [path, { text }] of pages) expect([path, leaked(SECRET, text)]).toEqual([path, []]);
    expect(output.pages['/metrics']?.text).toContain('metric-counter [redacted]');
    expect(leaked(SECRET, stderr)).toEqual([]);
  });
});

test('the forms that are looked for are found', () => {
  const text = Buffer.from(`before ${SECRET} after`);
  const names = (bytes: Buffer | string) => leaked(SECRET, bytes).map((found) => found.split(':')[0]);
  expect(leaked(SECRET, text)[0]).toBe('plain: before ');
  expect(names(text)).toEqual(['plain', 'its first half', 'its last half']);
  for (const offset of [0, 1, 2]) {
    const base64 = Buffer.from(`${'-'.repeat(offset)}${SECRET}${'-'.repeat(9)}`).toString('base64');
    expect(names(base64).some((name) => name?.startsWith('in base64'))).toBe(true);
  }
  expect(names(text.toString('hex'))).toEqual(['in hexadecimal']);
  expect(names('quiet')).toEqual([]);
  expect(new Set(Object.values(formsOf(SECRET))).size).toBe(Object.keys(formsOf(SECRET)).length);
});
