import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SinkRequest } from '../otlp/sink.js';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Those that are lent for a time have one, and every request must tell it. */
  readonly sessionToken?: string;
}

/** What a request must have been signed for, and by whom. */
export interface Signing {
  readonly region: string;
  readonly service: string;
  /** The credentials of an access key that is known; undefined for any other. */
  readonly credentialsOf: (accessKeyId: string) => AwsCredentials | undefined;
}

/** Why AWS refuses a request: its status, and the code in its words. */
export interface Problem {
  readonly status: number;
  readonly code: string;
}
export const forbidden = (code: string): Problem => ({ status: 403, code });

/** AWS takes a request for so long after it was signed, and before. */
const CLOCK_SKEW_MILLIS = 5 * 60_000;
const TOKEN_HEADER = 'x-amz-security-token';

/** The access key that a request says it was signed with. */
export const accessKeyOf = ({ headers }: SinkRequest) => /Credential=([^/,]+)/.exec(headers.authorization ?? '')?.[1];

/**
 * What is wrong with the signature (SigV4) of a request. It is made again with the standard library of AWS's own SDK for
 * JavaScript and compared.
 */
export async function signatureProblem(request: SinkRequest, signing: Signing): Promise<Problem | undefined> {
  const { region: ownRegion, service, credentialsOf } = signing;
  const authorization = request.headers.authorization ?? '';
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  if (parts === null) return forbidden('MissingAuthenticationTokenException');
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const [accessKeyId = '', date, region, signedService, end] = credential.split('/');
  const credentials = credentialsOf(accessKeyId);
  if (credentials === undefined) return forbidden('UnrecognizedClientException');

  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(request.headers['x-amz-date']));
  if (stamp === null) return forbidden('IncompleteSignatureException');
  const [, year, month, day, hour, minute, second] = stamp.map(Number) as [unknown, ...number[]];
  const signingDate = new Date(Date.UTC(year!, month! - 1, day, hour, minute, second));
  if (Math.abs(signingDate.getTime() - Date.now()) > CLOCK_SKEW_MILLIS) return forbidden('RequestExpired');
  const scope = [stamp[0].slice(0, 8), ownRegion, service, 'aws4_request'].join('/');
  if ([date, region, signedService, end].join('/') !== scope) return forbidden('InvalidSignatureException: scope');

  const names = signedHeaders.split(';');
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!mustBeSigned.every((name) => names.includes(name)))
    return forbidden('InvalidSignatureException: unsigned headers');
  if (request.headers[TOKEN_HEADER] !== credentials.sessionToken)
    return forbidden('UnrecognizedClientException: security token');

  // where a client tells the hash of the body, the library takes its word for it
  const told = request.headers['x-amz-content-sha256'];
  const hash = createHash('sha256').update(request.body).digest('hex');
  if (told !== undefined && told !== hash) return forbidden('XAmzContentSHA256Mismatch');

  const signer = new SignatureV4({ credentials, region: ownRegion, service, sha256: Sha256, applyChecksum: false });
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
