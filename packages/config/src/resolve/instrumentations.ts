import type { Findings } from '../findings.js';
import { shownKey } from '../found.js';
import type { InstrumentationsConfig } from '../monitoring-config.js';
import { nearestName } from '../nearest-name.js';

/** Our own, which need no package: node:http servers and clients, and fetch with undici. */
const OWN = ['http', 'undici'];

/** Those that `register` looks for without being told their names; docs/zero-code.md has a row for each. */
export const knownInstrumentations: readonly string[] = [
  'amqplib',
  'bullmq',
  'express',
  'fastify',
  'hono',
  'ioredis',
  'kafkajs',
  'koa',
  'mongodb',
  'mysql2',
  'pg',
  'pino',
  'redis',
  'winston',
];

/** Packages that are not named after OpenTelemetry's pattern. */
const PACKAGES: Readonly<Record<string, string>> = {
  bullmq: 'bullmq-otel',
  fastify: '@fastify/otel',
  // its own telemetry is middleware, by code, that makes a second span of each request: the patch is ours
  hono: '@opentelemetry/instrumentation',
};

/** The package that the instrumentation of this short name comes from. */
export function instrumentationPackage(name: string): string {
  return PACKAGES[name] ?? `@opentelemetry/instrumentation-${name}`;
}

/** Further names of OpenTelemetry's own list: used when `enabled` says so, and no reason for a warning elsewhere. */
const FURTHER =
  'aws-lambda aws-sdk bunyan cassandra-driver connect cucumber dataloader dns fs generic-pool graphql grpc hapi host-metrics knex lru-memoizer memcached mongoose mysql nestjs-core net openai oracledb restify router runtime-node socket.io tedious'.split(
    ' ',
  );

interface Said {
  readonly enabled?: readonly string[];
  readonly disabled: readonly string[];
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Short names, once each; a warning for each name that nobody has heard of. */
export function resolveInstrumentations(said: Said, findings: Findings): InstrumentationsConfig {
  const names = [...OWN, ...knownInstrumentations, ...FURTHER];
  const short = (given: readonly string[], key: string): readonly string[] => {
    const shortened = [...new Set(given.map(shortName))];
    for (const name of shortened) {
      if (names.includes(name)) continue;
      const near = nearestName(name, names);
      const hint = near === undefined ? '' : `, did you mean ${near}?`;
      findings.warn(`unknown instrumentation ${shownKey(name)} in instrumentations.${key}${hint}`);
    }
    return shortened;
  };
  const options = Object.entries(said.options ?? {});
  short(
    options.map(([name]) => name),
    'options',
  );
  for (const own of OWN.filter((name) => options.some(([given]) => given === name))) {
    findings.warn(`instrumentations.options.${own} does nothing: the settings of our own are in the group http`);
  }
  return {
    enabled: said.enabled && short(said.enabled, 'enabled'),
    disabled: short(said.disabled, 'disabled'),
    options: Object.fromEntries(options.map(([name, given]) => [shortName(name), given])),
  };
}

/** `@opentelemetry/instrumentation-pg` as `pg`, `@fastify/otel` as `fastify`. */
function shortName(name: string): string {
  if (name === PACKAGES.fastify) return 'fastify';
  if (name === PACKAGES.bullmq) return 'bullmq';
  return name.replace(/^@opentelemetry\/instrumentation-/, '');
}

/** Whether the settings leave this instrumentation on; `name` is a short one. */
export function isInstrumentationOn({ enabled, disabled }: InstrumentationsConfig, name: string): boolean {
  return (enabled === undefined || enabled.includes(name)) && !disabled.includes(name);
}
