import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.mjs';

/**
 * Values by which every configuration can be validated on any machine: nothing is called for that, and no file is opened.
 * @type {Readonly<Record<string, string>>}
 */
export const exampleEnvironment = {
  PROMETHEUS_REMOTE_WRITE_URL: 'http://127.0.0.1:9090/api/v1/write',
  PROMETHEUS_OTLP_ENDPOINT: 'http://127.0.0.1:9090/api/v1/otlp',
  JAEGER_OTLP_ENDPOINT: 'http://127.0.0.1:14318',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  CLOUDWATCH_LOG_GROUP: 'otel-monitor',
  VENDOR_OTLP_ENDPOINT: 'https://otlp.example.com',
  VENDOR_OTLP_HEADERS: '{"api-key": "example"}',
  GRAFANA_CLOUD_OTLP_ENDPOINT: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp',
  GRAFANA_CLOUD_CREDENTIALS: 'MTIzNDU2OmV4YW1wbGU=',
  HONEYCOMB_API_KEY: 'example',
  DD_API_KEY: 'example',
  NEW_RELIC_LICENSE_KEY: 'example',
  DT_ENDPOINT: 'https://abc12345.live.dynatrace.com/api/v2/otlp',
  DT_API_TOKEN: 'example',
  ELASTIC_OTLP_ENDPOINT: 'https://example.ingest.eu-west-1.aws.elastic.cloud',
  ELASTIC_API_KEY: 'example',
  COLLECTOR_GATEWAYS: '{static: {hostnames: [127.0.0.1:14317]}}',
  COLLECTOR_GATEWAY_A: '127.0.0.1:14317',
  COLLECTOR_GATEWAY_B: '127.0.0.1:24317',
  COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
  COLLECTOR_TLS_CERT_FILE: '/etc/otelcol/tls.crt',
  COLLECTOR_TLS_KEY_FILE: '/etc/otelcol/tls.key',
  COLLECTOR_TOKEN: 'example',
  // outside of a pod there is no service account whose files could be read
  COLLECTOR_KUBERNETES_AUTH: 'none',
  K8S_NODE_IP: '127.0.0.1',
  K8S_NODE_NAME: 'node-1',
};

/** @param {string} file relative to the root of the repository, or absolute */
function textOf(file) {
  const path = file.startsWith('/') ? file : join(repositoryRoot, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * What a file cannot be used without. It says so by components that nothing uses and whose names tell it:
 * `otlp_http/NAME-is-not-set` and `bearertokenauth/NAME-or-OTHER-is-not-set` stop a Collector's start where the variable is
 * missing or empty.
 * @param {string} file
 * @returns {string[][]} for each thing that is needed the names of which one is enough
 */
export function neededEnvironment(file) {
  const guards = textOf(file).matchAll(/^ {2}\w+\/([A-Z][A-Z0-9_]*(?:-or-[A-Z][A-Z0-9_]*)*)-is-not-set:/gm);
  return [...guards].map(([, names]) => /** @type {string} */ (names).split('-or-'));
}

/**
 * A line for each thing that a file needs and the environment does not have.
 * @param {readonly string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function missingEnvironment(files, env) {
  return files.flatMap((file) =>
    neededEnvironment(file)
      .filter((names) => !names.some((name) => env[name]))
      .map((names) => `${file} needs ${names.join(' or ')}, which is not set`),
  );
}

/**
 * The names that files read from the environment.
 * @param {readonly string[]} files
 * @returns {string[]}
 */
export function environmentNames(files) {
  const names = files.flatMap((file) =>
    [...textOf(file).matchAll(/\$\{env:([A-Z][A-Z0-9_]*)/g)].map(([, name]) => name),
  );
  return [...new Set(/** @type {string[]} */ (names))].sort();
}
