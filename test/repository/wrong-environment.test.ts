import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { baseConfig, configFiles, overlayNames } from '../../scripts/collector-configs.mjs';
import { environmentNames, exampleEnvironment } from '../../scripts/collector-environment.mjs';
import { wrongEnvironment } from '../../scripts/wrong-environment.mjs';

const everything = configFiles(overlayNames());
const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
const file = join(folder, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

/** What each variable is set to in these tests, and what it must not be, with the words for it. */
const cases: readonly [names: readonly string[], good: readonly string[], bad: readonly string[], is: string][] = [
  [
    ['COLLECTOR_OTLP_GRPC_PORT', 'COLLECTOR_HEALTH_PORT', 'COLLECTOR_REMOTE_WRITE_PORT'],
    ['0', '4317', '65535'],
    ['abc', '-1', '65536', '43 17', '0x10', '4317.5'],
    'a port, 0 to 65535',
  ],
  [
    ['COLLECTOR_MEMORY_MIB', 'COLLECTOR_QUEUE_BYTES', 'COLLECTOR_SAMPLING_TRACES', 'COLLECTOR_SAMPLING_SLOW_MILLIS'],
    ['1', '8388608'],
    ['0', '-1', '8MiB', '1e6', '1.5'],
    'a whole number above 0',
  ],
  [['COLLECTOR_SAMPLING_PERCENT'], ['0', '12.5', '100'], ['200', '-1', '10%', 'all'], 'a number, 0 to 100'],
  [
    ['COLLECTOR_RETRY_FOR'],
    ['0s', '0', '30s', '5m', '1h30m'],
    ['10s', '5', '-5m', 'for ever'],
    'a duration of at least 30s, or 0s for ever',
  ],
  [['COLLECTOR_LOG_RETRY_FOR'], ['0s', '10s'], ['ten seconds'], 'a duration such as 30s or 1h30m'],
  [
    ['COLLECTOR_SAMPLING_WAIT', 'COLLECTOR_SPAN_METRICS_INTERVAL', 'COLLECTOR_CONNECTION_AGE'],
    ['10s', '500ms', '1.5h'],
    ['0s', '-1s', '10', '10 s'],
    'a duration above 0 such as 30s or 1h30m',
  ],
  [
    ['JAEGER_OTLP_ENDPOINT', 'PROMETHEUS_REMOTE_WRITE_URL', 'CLOUDWATCH_LOGS_ENDPOINT'],
    ['http://127.0.0.1:4318', 'https://[::1]:4318/otlp'],
    ['127.0.0.1:4318', 'jaeger', 'ftp://jaeger', 'http://', 'http://jaeger:abc', 'http://a b'],
    'an address that begins with http:// or https://',
  ],
  [['COLLECTOR_GATEWAY_INSECURE', 'COLLECTOR_QUEUE_FSYNC'], ['true', 'false'], ['yes', '1', 'True'], 'true or false'],
  [
    ['COLLECTOR_GATEWAY_A', 'COLLECTOR_GATEWAY_B'],
    ['10.0.0.1:4317', '[::1]:4317', 'gateway:4317'],
    ['10.0.0.1', 'http://10.0.0.1:4317', '10.0.0.1:abc'],
    'HOST:PORT',
  ],
  [
    ['COLLECTOR_GATEWAY_CA_FILE', 'COLLECTOR_TLS_KEY_FILE', 'COLLECTOR_TOKEN_FILE'],
    [file, 'package.json'],
    [join(folder, 'none'), 'none'],
    'a file that can be read',
  ],
  [
    ['COLLECTOR_GATEWAYS'],
    ['{static: {hostnames: ["a:1"]}}', 'dns:\n  hostname: gateways\n'],
    ['10.0.0.1:4317', '["10.0.0.1:4317"]'],
    'a map in YAML or JSON: {name: value}',
  ],
  [['PROMETHEUS_SCRAPE_TARGETS'], ['["a:1"]', '- a:1'], ['a:1', 'a:1,b:1'], 'a list in YAML or JSON: [HOST:PORT]'],
  [['PROMETHEUS_SCRAPE_SCHEME'], ['http', 'https'], ['HTTP', 'tcp'], 'http or https'],
  [
    ['CLOUDWATCH_LOG_GROUP', 'DD_SITE'],
    ['/aws/shop', 'a b'],
    ['shop\n', ' shop', 'a\nb'],
    'one line without spaces around it',
  ],
];
/** Whose value is not told. */
const secretCases: typeof cases = [
  [
    ['COLLECTOR_TOKEN', 'HONEYCOMB_API_KEY', 'GRAFANA_CLOUD_CREDENTIALS', 'AWS_SECRET_ACCESS_KEY'],
    ['a$b: #c'],
    ['secret\n', 'secret\r\n', '\tsecret', 'sec\nret'],
    'one line without spaces around it',
  ],
  [
    ['VENDOR_OTLP_HEADERS', 'COLLECTOR_GATEWAY_HEADERS', 'PROMETHEUS_SCRAPE_AUTHORIZATION'],
    ['{"api-key": "a"}', '{ api-key: a }', 'api-key: a'],
    ['api-key=a', 'a', '["a"]'],
    'a map in YAML or JSON: {name: value}',
  ],
];

describe('the environment of configurations of the Collector', () => {
  it.each(cases.flatMap(([names, good, bad, is]) => names.map((name) => [name, good, bad, is] as const)))(
    '%s',
    (name, good, bad, is) => {
      for (const value of good) expect(wrongEnvironment(everything, { [name]: value })).toEqual([]);
      for (const value of bad) {
        const lines = wrongEnvironment(everything, { [name]: value });
        expect(lines).toEqual([expect.stringMatching(/^collector-config\/[\w/-]+\.yaml reads /)]);
        expect(lines[0]).toContain(` reads ${name}, which must be ${is}, not ${JSON.stringify(value)}`);
      }
    },
  );

  it.each(secretCases.flatMap(([names, good, bad, is]) => names.map((name) => [name, good, bad, is] as const)))(
    '%s, which is not told',
    (name, good, bad, is) => {
      for (const value of good) expect(wrongEnvironment(everything, { [name]: value })).toEqual([]);
      for (const value of bad) {
        const lines = wrongEnvironment(everything, { [name]: value });
        expect(lines).toEqual([
          expect.stringMatching(new RegExp(` reads ${name}, which must be .*, not what it is set to$`)),
        ]);
        expect(lines[0]).toContain(is);
      }
    },
  );

  it('nothing is wrong with an empty value, which is none, or with a variable that no file reads', () => {
    const empty = Object.fromEntries(environmentNames(everything).map((name) => [name, '']));
    expect(wrongEnvironment(everything, empty)).toEqual([]);
    expect(wrongEnvironment([baseConfig], { JAEGER_OTLP_ENDPOINT: 'jaeger' })).toEqual([]);
  });

  it('nothing is wrong with the examples but the files that they name', () => {
    const lines = wrongEnvironment(everything, exampleEnvironment);
    expect(lines.map((line) => / reads (\w+),/.exec(line)?.[1])).toEqual([
      'COLLECTOR_TLS_CERT_FILE',
      'COLLECTOR_TLS_KEY_FILE',
    ]);
  });

  it('a queue on disk that no file opens is told, where exporters would want it', () => {
    const env = { COLLECTOR_QUEUE_STORAGE: 'file_storage/queue', JAEGER_OTLP_ENDPOINT: 'http://jaeger:4318' };
    expect(wrongEnvironment(configFiles(['jaeger']), env)).toEqual([
      'COLLECTOR_QUEUE_STORAGE is set, and no file opens such a storage: add persistent-queue, or unset it',
    ]);
    for (const names of [['jaeger', 'persistent-queue'], ['jaeger', 'mine.yaml'], ['files']])
      expect(wrongEnvironment(configFiles(names), env)).toEqual([]);
  });
});
