import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { buildCollector } from '../../scripts/build-collector.mjs';
import { acquireBuildLock, staleAfterMillis } from '../../scripts/build-lock.mjs';
import { fakeProgram, temporaryFolder } from './fake-programs.js';

/** A builder that does in a moment what the real one does in minutes: `_build/otelcol` beside its configuration. */
const builder = `#!/bin/sh
echo run >> "$BUILDS"
sleep \${SLOW:-0}
[ -n "$BROKEN" ] && { echo "cannot find module"; exit 1; }
mkdir _build && cp builder.yaml _build/otelcol && chmod +x _build/otelcol
`;

function machine(extra: Record<string, string> = {}) {
  const root = temporaryFolder();
  const configFolder = join(root, 'collector-config');
  mkdirSync(configFolder);
  writeFileSync(join(configFolder, 'builder.yaml'), 'dist:\n  version: 0.159.0\n');
  writeFileSync(join(root, 'builder'), builder);
  const bin = join(root, 'bin');
  // The real one is told where to by GOBIN.
  fakeProgram(
    bin,
    'go',
    `echo "$@" >> "$ASKED"; cp "${join(root, 'builder')}" "$GOBIN/builder"; chmod +x "$GOBIN/builder"`,
  );
  const cache = join(root, 'cache');
  const env = {
    PATH: [bin, process.env.PATH].join(delimiter),
    OTELCOL_CACHE: cache,
    BUILDS: join(root, 'builds'),
    ASKED: join(root, 'asked'),
    ...extra,
  };
  const said: string[] = [];
  const build = (signal?: AbortSignal) =>
    buildCollector({ env, configFolder, goRelease: '1.26', say: (line) => said.push(line), ...(signal && { signal }) });
  return { env, cache, said, build, builds: () => readFileSync(env.BUILDS, 'utf8').split('\n').length - 1 };
}

it('installs the builder of the version in builder.yaml, and leaves the executable and nothing else in the cache', async () => {
  const { env, cache, build, said } = machine();
  const executable = await build();
  expect(readFileSync(env.ASKED, 'utf8')).toBe('install go.opentelemetry.io/collector/cmd/builder@v0.159.0\n');
  expect(readFileSync(executable, 'utf8')).toBe('dist:\n  version: 0.159.0\n');
  expect(readdirSync(cache, { recursive: true })).toHaveLength(2);
  expect(said[0]).toBe('building the OpenTelemetry Collector 0.159.0 with Go 1.26: about 7 minutes, once');
});

it('builds once when two want it at the same time', async () => {
  const { build, builds, said } = machine({ SLOW: '0.5' });
  const [first, second] = await Promise.all([build(), build()]);
  expect(second).toBe(first);
  expect(builds()).toBe(1);
  expect(said).toContain('another process is building the Collector; waiting for it');
});

it('does not build what is there', async () => {
  const { build, builds } = machine();
  await build();
  await build();
  expect(builds()).toBe(1);
});

it('fails with the last lines of the build, and leaves nothing behind', async () => {
  const { build, cache } = machine({ BROKEN: '1' });
  await expect(build()).rejects.toThrow(/ended with 1:\n.*cannot find module/s);
  expect(readdirSync(cache)).toEqual([]);
});

it('stops the build and cleans up when it is interrupted', async () => {
  const { build, cache, env } = machine({ SLOW: '60' });
  const interrupted = new AbortController();
  const building = build(interrupted.signal);
  while (!existsSync(env.BUILDS)) await new Promise((resolve) => setTimeout(resolve, 20));
  interrupted.abort();
  await expect(building).rejects.toThrow('SIGTERM');
  expect(readdirSync(cache)).toEqual([]);
});

it('overtakes the lock of a process that is gone', async () => {
  const lock = join(temporaryFolder(), 'cache', 'build.lock');
  mkdirSync(lock, { recursive: true });
  const old = new Date(Date.now() - staleAfterMillis - 1_000);
  utimesSync(lock, old, old);
  const release = await acquireBuildLock(lock, { finished: () => false, pollMillis: 5 });
  expect(existsSync(lock)).toBe(true);
  release?.();
  expect(existsSync(lock)).toBe(false);
});

it('waits for a lock that is held, and gives up when the work is done', async () => {
  const lock = join(temporaryFolder(), 'build.lock');
  const release = await acquireBuildLock(lock, { finished: () => false });
  let done = false;
  const second = acquireBuildLock(lock, { finished: () => done, pollMillis: 5 });
  setTimeout(() => {
    done = true;
  }, 50);
  expect(await second).toBeUndefined();
  release?.();
});
