import { gunzipSync } from 'node:zlib';
import { parseOtlpJsonLines } from '../otlp/json-lines.js';
import { readOtlpProtobuf } from '../otlp/protobuf.js';
import { type OtlpSink, type SinkRequest, startSink } from '../otlp/sink.js';
import { type AwsCredentials, accessKeyOf, type Problem, type Signing, signatureProblem } from './aws-signature.js';

export interface AwsAccount extends AwsCredentials {
  readonly region: string;
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
  readonly accepted: readonly { readonly service: string; readonly bytes: number; readonly accessKeyId: string }[];
  /** Why requests were refused, in the words of AWS's error codes. */
  readonly refused: readonly string[];
}

/** The OTLP endpoints of CloudWatch; each is of a service that the signature must name. */
const SERVICES: Readonly<Record<string, string>> = {
  '/v1/metrics': 'monitoring',
  '/v1/traces': 'xray',
  '/v1/logs': 'logs',
};
const MEGABYTE = 1_000_000;

/**
 * CloudWatch's three OTLP endpoints on loopback, as far as a client can tell: the signature of each request is made again and
 * compared (aws-signature.ts), and what AWS refuses is refused with its status.
 * @param credentialsOf who may send; the account's own credentials alone by default
 */
export async function startAwsEndpoint(
  account: AwsAccount = exampleAccount,
  credentialsOf: Signing['credentialsOf'] = (id) => (id === account.accessKeyId ? account : undefined),
): Promise<AwsEndpoint> {
  const accepted: { service: string; bytes: number; accessKeyId: string }[] = [];
  const refused: string[] = [];
  const sink = await startSink({
    answer: async (request) => {
      const service = SERVICES[request.path];
      const problem =
        service === undefined || request.method !== 'POST'
          ? { status: 404, code: 'UnknownOperationException' }
          : ((await signatureProblem(request, { region: account.region, service, credentialsOf })) ??
            contentProblem(request, account));
      if (problem !== undefined) {
        refused.push(problem.code);
        return problem.status;
      }
      const accessKeyId = accessKeyOf(request) as string;
      accepted.push({ service: service as string, bytes: request.body.length, accessKeyId });
      return 200;
    },
  });
  const environment = {
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
    ...(account.sessionToken !== undefined && { AWS_SESSION_TOKEN: account.sessionToken }),
    CLOUDWATCH_LOG_GROUP: account.logGroup,
    CLOUDWATCH_METRICS_ENDPOINT: `${sink.url}/v1/metrics`,
    CLOUDWATCH_TRACES_ENDPOINT: `${sink.url}/v1/traces`,
    CLOUDWATCH_LOGS_ENDPOINT: `${sink.url}/v1/logs`,
  };
  return { ...sink, environment, accepted, refused };
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
