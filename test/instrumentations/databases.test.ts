import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NodeLine, prepareInstrumented } from './instrumented-cache.js';
import { type InstrumentedOptions, type InstrumentedRun, runInstrumented } from './run-instrumented.js';
import { hasMariadb, startMariadb } from './servers/mariadb.js';
import { hasPostgres, startPostgres } from './servers/postgres.js';
import { hasRedis, startRedis } from './servers/redis.js';
import type { RunningServer } from './servers/server-process.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const missing = installed.missing !== undefined;
/** The line with hooks in a thread of their own, and one with hooks in the program's. */
const nodes: NodeLine[] = [20, 24];
const matrix = nodes.flatMap((node) => ['cjs', 'mjs'].map((extension) => ({ node, extension })));

/** What an official instrumentation says of one question, whichever conventions its version follows. */
function asked({ telemetry }: InstrumentedRun, scope: string): unknown[] {
  return telemetry.spans
    .filter((span) => span.scope.name === `@opentelemetry/instrumentation-${scope}`)
    .map(({ item }) => [item.name, item.kind, item.attributes['db.query.text'] ?? item.attributes['db.statement']]);
}

function withServer(start: () => Promise<RunningServer>) {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  return (name: string, options: InstrumentedOptions) =>
    runInstrumented(folder, name, { ...options, env: { SERVER_URL: server?.url ?? '' } });
}

describe.skipIf(missing || !hasPostgres)('pg (needs postgresql and npm packages)', () => {
  const run = withServer(startPostgres);

  test.each(matrix)('$extension on Node $node: a span of the connection and of the query', async (given) => {
    const ran = await run(`pg.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, '2\n', '']);
    expect(asked(ran, 'pg')).toEqual([
      ['pg.connect', 3, undefined],
      ['pg.query:SELECT postgres', 3, 'select $1::int + 1 as two'],
    ]);
  });
});

describe.skipIf(missing || !hasMariadb)('mysql2 (needs mariadb-server and npm packages)', () => {
  const run = withServer(startMariadb);

  test.each(matrix)('$extension on Node $node: a span of the query', async (given) => {
    const ran = await run(`mysql2.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, '2\n', '']);
    expect(asked(ran, 'mysql2')).toEqual([['select', 3, 'select 1 + 1 as two']]);
  });
});

describe.skipIf(missing || !hasRedis)('Redis (needs redis-server and npm packages)', () => {
  const run = withServer(startRedis);

  test.each(matrix)('ioredis, $extension on Node $node: a span of each command', async (given) => {
    const ran = await run(`ioredis.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, 'value\n', '']);
    expect(asked(ran, 'ioredis')).toEqual([
      ['set', 3, 'set key [1 other arguments]'],
      ['get', 3, 'get key'],
    ]);
  });

  test.each(matrix)('redis, $extension on Node $node: a span of each command', async (given) => {
    const ran = await run(`redis.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, 'value\n', '']);
    expect(asked(ran, 'redis')).toEqual([
      ['redis-connect', 3, undefined],
      ['redis-SET', 3, 'SET key [1 other arguments]'],
      ['redis-GET', 3, 'GET key'],
    ]);
  });
});

describe.skipIf(missing)('mongodb (needs npm packages)', () => {
  test.each(matrix)('$extension on Node $node: a span of the command, asked of a stand-in', async (given) => {
    const ran = await runInstrumented(folder, `mongodb.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, 'steel\n', '']);
    expect(asked(ran, 'mongodb')).toEqual([
      ['find things', 3, '{"find":"?","filter":{"name":"?"},"limit":"?","singleBatch":"?"}'],
    ]);
  });
});
