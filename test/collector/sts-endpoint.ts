import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AwsCredentials, forbidden, type Problem, signatureProblem } from './aws-signature.js';

export interface AwsRole {
  readonly arn: string;
  /** What its policy asks for. None by default. */
  readonly externalId?: string;
  /** A role of service accounts: the token that stands for one of them. Such a role is assumed by the token alone. */
  readonly webIdentityToken?: string;
}

export interface StsOptions {
  readonly region: string;
  /** Who may assume roles. */
  readonly caller: AwsCredentials;
  readonly role: AwsRole;
  /** How long what is lent is good for; AWS lends for 15 minutes at least. 900 by default. */
  readonly lentSeconds?: number;
}

export interface StsEndpoint {
  readonly url: string;
  /** What was lent so far, in order. A client that has new ones goes on to use the old ones for what is under way. */
  readonly lent: readonly AwsCredentials[];
  /** `Action` of the calls that were right. */
  readonly actions: readonly string[];
  /** Why calls were refused, in the words of AWS's error codes. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

const VERSION = '2011-06-15';

/**
 * AWS's Security Token Service on loopback, as far as assuming one role goes: the signature of AssumeRole is made again and
 * compared, AssumeRoleWithWebIdentity must show the token, and what AWS refuses is refused with its status and its error.
 */
export async function startStsEndpoint({ region, caller, role, lentSeconds = 900 }: StsOptions): Promise<StsEndpoint> {
  const lent: AwsCredentials[] = [];
  const actions: string[] = [];
  const refused: string[] = [];
  const credentialsOf = (id: string) => (id === caller.accessKeyId ? caller : undefined);

  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const body = await buffer(request);
    const call = new URLSearchParams(body.toString('utf8'));
    const action = call.get('Action') ?? '';
    const signing = { region, service: 'sts', credentialsOf };
    const problem =
      callProblem(method, path, call, role) ??
      (action === 'AssumeRole' ? await signatureProblem({ method, path, headers, body }, signing) : undefined) ??
      roleProblem(call, role);
    response.setHeader('content-type', 'text/xml');
    if (problem !== undefined) {
      refused.push(problem.code);
      response.writeHead(problem.status).end(errorXml(problem.code));
      return;
    }
    const credentials = {
      accessKeyId: `ASIA${lent.length}EXAMPLE`,
      secretAccessKey: randomUUID(),
      sessionToken: `lent-${randomUUID()}`,
    };
    lent.push(credentials);
    actions.push(action);
    response.end(answerXml(action, credentials, new Date(Date.now() + lentSeconds * 1000)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lent,
    actions,
    refused,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function callProblem(method: string, path: string, call: URLSearchParams, role: AwsRole): Problem | undefined {
  if (method !== 'POST' || path !== '/') return { status: 404, code: 'UnknownOperationException' };
  const known = role.webIdentityToken === undefined ? 'AssumeRole' : 'AssumeRoleWithWebIdentity';
  if (call.get('Version') !== VERSION || call.get('Action') !== known) return { status: 400, code: 'InvalidAction' };
  const isNamed = /^[\w+=,.@-]{2,64}$/.test(call.get('RoleSessionName') ?? '');
  return isNamed ? undefined : { status: 400, code: 'ValidationError' };
}

function roleProblem(call: URLSearchParams, role: AwsRole): Problem | undefined {
  if (call.get('RoleArn') !== role.arn) return forbidden('AccessDenied');
  if (role.webIdentityToken !== undefined && call.get('WebIdentityToken') !== role.webIdentityToken)
    return { status: 400, code: 'InvalidIdentityToken' };
  return (call.get('ExternalId') ?? undefined) === role.externalId ? undefined : forbidden('AccessDenied');
}

const errorXml = (code: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/${VERSION}/"><Error><Type>Sender</Type><Code>${code}</Code>` +
  `<Message>refused</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;

const answerXml = (action: string, credentials: AwsCredentials, expires: Date) =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/${VERSION}/"><${action}Result><Credentials>` +
  `<AccessKeyId>${credentials.accessKeyId}</AccessKeyId><SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>` +
  `<SessionToken>${credentials.sessionToken}</SessionToken><Expiration>${expires.toISOString()}</Expiration>` +
  `</Credentials></${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
  `</${action}Response>`;
