import { createHash, timingSafeEqual } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { parseOtlpJsonLines } from '../otlp/json-lines.js';
import { readOtlpProtobuf } from '../otlp/protobuf.js';
import { type OtlpSink, type SinkRequest, startSink } from '../otlp/sink.js';

export interface AwsAccount {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The log group and stream that there are. */
  readonly logGroup: string;
  readonly logStream: string;
}

/** One that there is, for tests that do not care which. */
export const exampleAccount: AwsAccount = {
  region: 'eu-west-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  logGroup: 'shop',
  logStream: 'collector',
};

export interface AwsEndpoint extends OtlpSink {
  /** The environment by which cloudwatch.yaml finds it, and is known to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Requests whose signature was right. */
  readonly accepted: readonly { readonly service: string; readonly bytes: number }[];
  /** Why requests were refused, in the words of AWS's error codes. */
  readonly refused: readonly string[];
}

/** The OTLP endpoints of CloudWatch; each is of a service that the signature must name. */
const SERVICES: Readonly<Record<string, string>> = {
  '/v1/metrics': 'monitoring',
  '/v1/traces': 'xray',
  '/v1/logs': 'logs',
};
/** AWS takes a request for so long after it was signed, and before. */
const CLOCK_SKEW_MILLIS = 5 * 60_000;
const MEGABYTE = 1_000_000;

/**
 * CloudWatch's three OTLP endpoints on loopback, as far as a client can tell: the signature of each request is made again
 * with the standard library of AWS's own SDK for JavaScript and compared, and what AWS refuses is refused with its status.
 */
export async function startAwsEndpoint(account: AwsAccount = exampleAccount): Promise<AwsEndpoint> {
  const accepted: { service: string; bytes: number }[] = [];
  const refused: string[] = [];
  const sink = await startSink({
    answer: async (request) => {
      const problem = (await signatureProblem(request, account)) ?? contentProblem(request, account);
      if (problem !== undefined) {
        refused.push(problem.code);
        return problem.status;
      }
      accepted.push({ service: SERVICES[request.path] as string, bytes: request.body.length });
      return 200;
    },
  });
  const environment = {
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
    CLOUDWATCH_LOG_GROUP: account.logGroup,
    CLOUDWATCH_METRICS_ENDPOINT: `${sink.url}/v1/metrics`,
    CLOUDWATCH_TRACES_ENDPOINT: `${sink.url}/v1/traces`,
    CLOUDWATCH_LOGS_ENDPOINT: `${sink.url}/v1/logs`,
  };
  return { ...sink, environment, accepted, refused };
}

interface Problem {
  readonly status: number;
  readonly code: string;
}
const forbidden = (code: string): Problem => ({ status: 403, code });

async function signatureProblem(request: SinkRequest, account: AwsAccount): Promise<Problem | undefined> {
  const service = SERVICES[request.path];
  if (service === undefined || request.method !== 'POST') return { status: 404, code: 'UnknownOperationException' };
  const authorization = request.headers.authorization ?? '';
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  if (parts === null) return forbidden('MissingAuthenticationTokenException');
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const [accessKeyId, date, region, signedService, end] = credential.split('/');
  if (accessKeyId !== account.accessKeyId) return forbidden('UnrecognizedClientException');

  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(request.headers['x-amz-date']));
  if (stamp === null) return forbidden('IncompleteSignatureException');
  const [, year, month, day, hour, minute, second] = stamp.map(Number) as [unknown, ...number[]];
  const signingDate = new Date(Date.UTC(year!, month! - 1, day, hour, minute, second));
  if (Math.abs(signingDate.getTime() - Date.now()) > CLOCK_SKEW_MILLIS) return forbidden('RequestExpired');
  const scope = [stamp[0].slice(0, 8), account.region, service, 'aws4_request'].join('/');
  if ([date, region, signedService, end].join('/') !== scope) return forbidden('InvalidSignatureException: scope');

  const names = signedHeaders.split(';');
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!mustBeSigned.every((name) => names.includes(name)))
    return forbidden('InvalidSignatureException: unsigned headers');

  // where a client tells the hash of the body, the library takes its word for it
  const told = request.headers['x-amz-content-sha256'];
  const hash = createHash('sha256').update(request.body).digest('hex');
  if (told !== undefined && told !== hash) return forbidden('XAmzContentSHA256Mismatch');

  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey: account.secretAccessKey },
    region: account.region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { host = '' } = request.headers;
  const { headers } = await signer.sign(
    new HttpRequest({
      method: request.method,
      protocol: 'http:',
      hostname: host,
      path: request.path,
      headers: Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')])),
      body: request.body,
    }),
    { signingDate, signableHeaders: new Set(names) },
  );
  const right = /Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1] ?? '';
  if (right.length !== 64) throw new Error(`the library made no signature: ${headers.authorization}`);
  const isRight = timingSafeEqual(Buffer.from(signature), Buffer.from(right));
  return isRight ? undefined : forbidden('InvalidSignatureException');
}

/** What the services' documentation limits: sizes, numbers, the log group. */
function contentProblem(request: SinkRequest, account: AwsAccount): Problem | undefined {
  const { headers, path, body } = request;
  if (headers['content-type'] !== 'application/x-protobuf') return { status: 415, code: 'UnsupportedMediaType' };
  if (![undefined, 'gzip'].includes(headers['content-encoding'])) return { status: 415, code: 'UnsupportedEncoding' };
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const signal = path.split('/').at(-1) as 'traces' | 'metrics' | 'logs';
  const telemetry = parseOtlpJsonLines(JSON.stringify(readOtlpProtobuf(signal, plain)));
  const points = telemetry.metrics.reduce((sum, { item }) => sum + item.points.length, 0);
  if (plain.length > (signal === 'traces' ? 5 : 1) * MEGABYTE) return { status: 413, code: 'RequestTooLarge' };
  if (points > 1000 || telemetry.spans.length > 10_000) return { status: 400, code: 'TooManyItems' };
  if (signal !== 'logs') return undefined;
  const isThere = headers['x-aws-log-group'] === account.logGroup && headers['x-aws-log-stream'] === account.logStream;
  return isThere ? undefined : { status: 400, code: 'ResourceNotFoundException' };
}
