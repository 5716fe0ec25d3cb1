import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsEndpoint, exampleAccount, startAwsEndpoint } from './aws-endpoint.js';

interface Signed {
  readonly path?: string;
  readonly service?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly date?: Date;
  /** In x-amz-content-sha256, as the library does; the Collector does not. True by default. */
  readonly tellHash?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes of what was signed what is sent. */
  readonly change?: (request: { headers: Record<string, string>; body: Buffer; path: string }) => void;
}

/** What keeps the tests of the Collector from passing by accident: the endpoint refuses whatever AWS would. */
describe('the endpoint of AWS in these tests', () => {
  let aws: AwsEndpoint;
  beforeAll(async () => {
    aws = await startAwsEndpoint(exampleAccount);
  });
  afterAll(() => aws?.close());

  /** An empty request of OTLP, signed by the library and sent. */
  async function send(options: Signed = {}, endpoint = aws) {
    const { path = '/v1/metrics', service = 'monitoring', date, headers, tellHash = true, change, ...rest } = options;
    const { region, accessKeyId, secretAccessKey, sessionToken } = { ...exampleAccount, ...rest };
    const host = new URL(endpoint.url).host;
    const body = Buffer.alloc(0);
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: tellHash });
    const signed = await signer.sign(
      new HttpRequest({
        method: 'POST',
        hostname: host,
        path,
        headers: { host, 'content-type': 'application/x-protobuf', ...headers },
        body,
      }),
      date && { signingDate: date },
    );
    const sent = { headers: { ...signed.headers }, body, path };
    change?.(sent);
    const response = await fetch(`${endpoint.url}${sent.path}`, {
      method: 'POST',
      headers: sent.headers,
      body: sent.body,
    });
    await response.arrayBuffer();
    return response.status === 200 ? 'accepted' : `${response.status} ${endpoint.refused.at(-1)}`;
  }
  const logs = { path: '/v1/logs', service: 'logs' };
  const logHeaders = { 'x-aws-log-group': 'shop', 'x-aws-log-stream': 'collector' };

  it('takes what is signed for the service, region and time', async () => {
    expect(await send()).toBe('accepted');
    expect(await send({ tellHash: false })).toBe('accepted');
    expect(await send({ path: '/v1/traces', service: 'xray' })).toBe('accepted');
    expect(await send({ ...logs, headers: logHeaders })).toBe('accepted');
    expect(aws.accepted.map(({ service }) => service)).toEqual(['monitoring', 'monitoring', 'xray', 'logs']);
  });

  it.each<[string, Signed, string]>([
    ['another secret', { secretAccessKey: 'other' }, '403 InvalidSignatureException'],
    ['an unknown key', { accessKeyId: 'AKIDOTHER' }, '403 UnrecognizedClientException'],
    ['the service of another path', { service: 'xray' }, '403 InvalidSignatureException: scope'],
    ['another region', { region: 'us-east-1' }, '403 InvalidSignatureException: scope'],
    ['a time ten minutes ago', { date: new Date(Date.now() - 600_000) }, '403 RequestExpired'],
    [
      'a body that was changed after it was signed',
      {
        change: (request) => {
          request.body = Buffer.from([0x0a, 0]);
        },
      },
      '403 XAmzContentSHA256Mismatch',
    ],
    [
      'a body that was changed, by a client that does not tell its hash',
      {
        tellHash: false,
        change: (request) => {
          request.body = Buffer.from([0x0a, 0]);
        },
      },
      '403 InvalidSignatureException',
    ],
    [
      'a header that was changed after it was signed',
      {
        change: (request) => {
          request.headers['content-type'] = 'application/json';
        },
      },
      '403 InvalidSignatureException',
    ],
    [
      'a header of AWS that is not signed',
      {
        change: (request) => {
          request.headers['x-amz-security-token'] = 'stolen';
        },
      },
      '403 InvalidSignatureException: unsigned headers',
    ],
    [
      'no signature',
      {
        change: (request) => {
          delete request.headers.authorization;
        },
      },
      '403 MissingAuthenticationTokenException',
    ],
    ['a log group that is not there', logs, '400 ResourceNotFoundException'],
    ['a path that is not there', { path: '/v1/profiles' }, '404 UnknownOperationException'],
  ])('refuses %s', async (_about, request, expected) => {
    expect(await send(request)).toBe(expected);
  });

  it.each<[string, string | undefined, string]>([
    ['takes the session token of credentials that have one', 'lent', 'accepted'],
    ['refuses another session token', 'other', '403 UnrecognizedClientException: security token'],
    ['refuses a request without the session token', undefined, '403 UnrecognizedClientException: security token'],
  ])('%s', async (_about, sessionToken, expected) => {
    const lending = await startAwsEndpoint({ ...exampleAccount, sessionToken: 'lent' });
    try {
      expect(await send({ ...(sessionToken !== undefined && { sessionToken }) }, lending)).toBe(expected);
    } finally {
      await lending.close();
    }
  });
});
