import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { newSpanId, newTraceId, traceRequest } from '../tiers/trace-request.js';
import { exampleAccount, startAwsEndpoint } from './aws-endpoint.js';
import type { AwsCredentials } from './aws-signature.js';
import { type StsOptions, startStsEndpoint } from './sts-endpoint.js';
import { until } from './until.js';

const role = { arn: 'arn:aws:iam::123456789012:role/telemetry', externalId: '0042' };

function environmentOf({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken ?? '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

describe.skipIf(!collectorAvailable)('credentials of AWS that are lent for a time, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
  const quicker = join(folder, 'quicker.yaml');
  writeFileSync(
    quicker,
    'exporters: { otlp_http/cloudwatch-traces: { sending_queue: { batch: { flush_timeout: 50ms } } } }',
  );
  const last: (() => unknown)[] = [];
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    for (const end of last.splice(0).reverse()) await end();
  });

  const start = async (env: Readonly<Record<string, string>>) => {
    const collector = await startCollector({ overlays: ['cloudwatch.yaml'], config: [quicker], env });
    last.push(collector.kill);
    return collector;
  };
  async function sendSpan(collector: CollectorProcess) {
    const body = traceRequest('lent', [{ traceId: newTraceId(), spanId: newSpanId(), name: 'lent' }]);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${collector.otlpHttpUrl}/v1/traces`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
  }
  /** CloudWatch, and a service that lends credentials that CloudWatch takes. */
  async function startAws(options: Partial<StsOptions> = {}) {
    const sts = await startStsEndpoint({ region: exampleAccount.region, caller: exampleAccount, role, ...options });
    const aws = await startAwsEndpoint(exampleAccount, (id) => sts.lent.find(({ accessKeyId }) => accessKeyId === id));
    last.push(sts.close, aws.close);
    return { sts, aws };
  }

  it('a session token that has expired is said, and the data counted as lost', async () => {
    const aws = await startAwsEndpoint({ ...exampleAccount, sessionToken: 'the new one' });
    last.push(aws.close);
    const expired = { ...exampleAccount, sessionToken: 'the old one' };
    const collector = await start({ ...aws.environment, ...environmentOf(expired) });
    await sendSpan(collector);
    const exporter = /exporter="otlp_http\/cloudwatch-traces"/;
    await until('the count', async () => {
      return (await collector.ownMetric('otelcol_exporter_send_failed_spans', exporter)) === 1 || undefined;
    });
    expect(aws.refused).toEqual(['UnrecognizedClientException: security token']);
    expect(collector.logs()).toMatch(/Dropping data\..*HTTP Status Code 403/);
  });

  it('CLOUDWATCH_ROLE_ARN is assumed, and asked for anew while the Collector runs', async () => {
    const { sts, aws } = await startAws({ lentSeconds: 1 });
    const collector = await start({
      ...aws.environment,
      ...environmentOf(exampleAccount),
      AWS_ENDPOINT_URL_STS: sts.url,
      CLOUDWATCH_ROLE_ARN: role.arn,
      CLOUDWATCH_ROLE_EXTERNAL_ID: role.externalId,
    });
    let sent = 0;
    await until('requests with three loans', async () => {
      await sendSpan(collector);
      sent += 1;
      return new Set(aws.accepted.map(({ accessKeyId }) => accessKeyId)).size >= 3 || undefined;
    });
    await until('every span', () => aws.received().spans.length === sent || undefined);
    expect([...new Set(sts.actions)]).toEqual(['AssumeRole']);
    expect([sts.refused, aws.refused]).toEqual([[], []]);
  });

  it('a service account of Kubernetes is known by its token', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl');
    const { sts, aws } = await startAws({
      role: { arn: role.arn, webIdentityToken: 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl' },
    });
    await sendSpan(
      await start({
        ...aws.environment,
        ...environmentOf({ accessKeyId: '', secretAccessKey: '' }),
        AWS_ENDPOINT_URL_STS: sts.url,
        AWS_ROLE_ARN: role.arn,
        AWS_WEB_IDENTITY_TOKEN_FILE: file,
      }),
    );
    await until('the span', () => aws.received().spans.length === 1 || undefined);
    expect([...new Set(sts.actions)]).toEqual(['AssumeRoleWithWebIdentity']);
    expect([sts.refused, aws.refused]).toEqual([[], []]);
  });

  it.each<[string, Partial<AwsCredentials>, Record<string, string>, string]>([
    ['a wrong secret', { secretAccessKey: 'a wrong one' }, {}, 'InvalidSignatureException'],
    ['another external id', {}, { CLOUDWATCH_ROLE_EXTERNAL_ID: '42' }, 'AccessDenied'],
    ['a role that it may not assume', {}, { CLOUDWATCH_ROLE_ARN: `${role.arn}s` }, 'AccessDenied'],
  ])('with %s the Collector does not start, and says why', async (_about, credentials, env, code) => {
    const { sts, aws } = await startAws();
    const starting = start({
      ...aws.environment,
      ...environmentOf({ ...exampleAccount, ...credentials }),
      AWS_ENDPOINT_URL_STS: sts.url,
      CLOUDWATCH_ROLE_ARN: role.arn,
      CLOUDWATCH_ROLE_EXTERNAL_ID: role.externalId,
      ...env,
    });
    await expect(starting).rejects.toThrow(
      new RegExp(`extensions::sigv4auth/cloudwatch-\\w+: could not retrieve credential provider: .*api error ${code}`),
    );
    expect([...new Set(sts.refused)]).toEqual([code]);
  });
});
