import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareInstrumented } from '../instrumentations/instrumented-cache.js';
import { runInstrumented } from '../instrumentations/run-instrumented.js';
import { hasPostgres, startPostgres } from '../instrumentations/servers/postgres.js';
import { hasRedis, startRedis } from '../instrumentations/servers/redis.js';
import type { RunningServer } from '../instrumentations/servers/server-process.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { leaked } from './secret-forms.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const missing = installed.missing !== undefined || !collectorAvailable;
const SECRET = `ghp_${['1nS7r', 'uM3nt', 'aT10n', 'sS33', '4llOf', '1tH3r', 'e0Kyz'].join('')}`;
const protocols = ['http/protobuf', 'http/json'];

/** Asks the official instrumentations to record all that they can. */
const everything = {
  instrumentations: {
    options: {
      pg: { enhancedDatabaseReporting: true, addSqlCommenterCommentToQueries: true },
      express: {},
    },
  },
};

interface Ran {
  readonly stdout: string;
  readonly telemetry: Telemetry;
  /** All that the Collector wrote and showed. */
  readonly text: string;
}

let configs: string;
beforeAll(() => {
  configs = mkdtempSync(join(tmpdir(), 'otel-monitor-redaction-'));
  writeFileSync(join(configs, 'monitor.json'), JSON.stringify(everything));
});
afterAll(() => rmSync(configs, { recursive: true, force: true }));

/** Runs a program that pushes to a Collector of its own, and gives what that wrote once it has ended. */
async function runToCollector(name: string, protocol: string, env: Record<string, string> = {}): Promise<Ran> {
  const collector: CollectorProcess = await startCollector();
  let page = '';
  try {
    const run = await runInstrumented(folder, name, {
      env: {
        SECRET,
        OTEL_MONITOR_CONFIG: join(configs, 'monitor.json'),
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        ...env,
      },
    });
    expect([run.code, run.stderr]).toEqual([0, '']);
    page = await (await fetch(collector.prometheusUrl)).text();
    await collector.stop();
    return {
      stdout: run.stdout,
      telemetry: collector.readFile(),
      text: collector.readText() + page + collector.logs(),
    };
  } finally {
    await collector.stop();
  }
}

const attributes = ({ telemetry }: Ran, scope: string) =>
  telemetry.spans.filter((span) => span.scope.name.endsWith(scope)).map(({ item }) => item.attributes);

describe.skipIf(missing || !hasPostgres)(
  'what pg records, in files of the Collector (needs postgresql and npm packages)',
  () => {
    let server: RunningServer | undefined;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    test.each(protocols)('holds no secret of a query, its values and its error, by OTLP %s', async (protocol) => {
      const ran = await runToCollector('secrets-pg.cjs', protocol, { SERVER_URL: server?.url ?? '' });
      expect(ran.stdout).toBe('22P02\n');
      expect(leaked(SECRET, ran.text)).toEqual([]);
      const queries = attributes(ran, 'instrumentation-pg').map(
        (each) => each['db.query.text'] ?? each['db.statement'],
      );
      expect(queries).toContain('select ? as place, ? as value');
      expect(queries).toContain('select $1::text as "by value"');
      const failed = ran.telemetry.spans.find(({ item }) => item.status.code === 2);
      expect(failed?.item.status.message).toContain('[redacted]');
      // what the instrumentation records of values, where it was asked for
      const values = attributes(ran, 'instrumentation-pg').map((each) => each['db.postgresql.values']);
      expect(values.flat()).toContain('[redacted]');
    });
  },
);

describe.skipIf(missing || !hasRedis)(
  'what Redis clients record, in files of the Collector (needs redis-server and npm packages)',
  () => {
    let server: RunningServer | undefined;
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(() => server?.stop());

    test.each(protocols)('holds no secret of keys, values, scripts and errors, by OTLP %s', async (protocol) => {
      const ran = await runToCollector('secrets-redis.cjs', protocol, { SERVER_URL: server?.url ?? '' });
      expect(ran.stdout).toBe('ERR\nERR\n');
      expect(leaked(SECRET, ran.text)).toEqual([]);
      const commands = (scope: string) =>
        attributes(ran, scope).map((each) => each['db.query.text'] ?? each['db.statement']);
      expect(commands('instrumentation-ioredis')).toContain('get session:[redacted]');
      expect(commands('instrumentation-redis')).toContain('SET session:[redacted] [1 other arguments]');
    });
  },
);

describe.skipIf(missing)('what HTTP and Express record, in files of the Collector (needs npm packages)', () => {
  test.each(protocols)('holds no secret of path, query, headers and error, by OTLP %s', async (protocol) => {
    const ran = await runToCollector('secrets-express.cjs', protocol, { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' });
    expect(ran.stdout).toBe('200\n500\n');
    expect(leaked(SECRET, ran.text)).toEqual([]);
    const server = ran.telemetry.spans.filter(({ item }) => item.kind === 2).map(({ item }) => item);
    expect(server.map(({ name }) => name)).toEqual(['GET /users/:id', 'GET /broken']);
    expect(server[0]?.attributes).toMatchObject({
      'http.request.header.authorization': '[redacted]',
      'http.request.header.cookie': '[redacted]',
      'http.request.header.x-api-key': '[redacted]',
      'http.request.header.x-note': ['note [redacted]'],
      'http.response.header.set-cookie': '[redacted]',
      'http.response.header.x-note': ['note [redacted]'],
    });
    expect(ran.telemetry.spans.some(({ scope }) => scope.name.endsWith('instrumentation-express'))).toBe(true);
  });
});

describe.skipIf(missing)('what bridges of loggers send, in files of the Collector (needs npm packages)', () => {
  test.each(protocols)('holds no secret of message, fields and error, by OTLP %s', async (protocol) => {
    const ran = await runToCollector('secrets-loggers.cjs', protocol);
    expect(ran.stdout).toBe('logged\n');
    expect(leaked(SECRET, ran.text)).toEqual([]);
    const records = ran.telemetry.logs.map(({ item }) => item);
    const bodies = records.map(({ body }) => body);
    expect(bodies).toEqual(expect.arrayContaining(['pino says [redacted]', 'winston says [redacted]']));
    for (const said of ['pino says [redacted]', 'winston says [redacted]']) {
      const found = records.find(({ body }) => body === said)?.attributes;
      expect(found).toMatchObject({ password: '[redacted]', note: 'note [redacted]', '[redacted]': 'under a secret' });
    }
  });
});
