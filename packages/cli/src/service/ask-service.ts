import { EXIT, type ExitCode } from '../exit-code.js';
import { printable } from '../text/printable.js';
import { readBody } from './read-body.js';
import { WireValue } from './wire-value.js';

const DEADLINE_MILLIS = 5000;
const MOST_BYTES = 8_000_000;

/** A service that gave no answer that can be used; the message is one line. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** Whether anything answered at all. */
    readonly answered: boolean,
  ) {
    super(message);
  }
}

/** Where a service is asked, and with what token. */
export interface ServiceAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
  /** The least role that will do, as names of variables have it. Default: `VIEWER`. */
  readonly role?: string;
}

/**
 * The JSON of a page of a service, within 5 s and 8 MB. Rejects with a ServiceError and nothing else.
 *
 * @param isNamed whether the path names one thing of many, which may not be there
 */
export async function askService(
  { url, token, role = 'VIEWER' }: ServiceAddress,
  path: string,
  fetch: typeof globalThis.fetch,
  isNamed = false,
): Promise<unknown> {
  const signal = AbortSignal.timeout(DEADLINE_MILLIS);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  let status = 0;
  let body: string;
  try {
    // a token goes to the address that was given and nowhere else
    const response = await fetch(`${url}${path}`, { headers, signal, redirect: 'error' });
    ({ status } = response);
    body = await readBody(response, MOST_BYTES, signal);
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${DEADLINE_MILLIS / 1000} s` : reasonOf(error);
    throw new ServiceError(`${url} cannot be reached: ${reason}`, EXIT.unreachable, status !== 0);
  }
  if (status === 401 || status === 403) {
    const advice =
      token === undefined ? `give a token by OTEL_MONITOR_TOKEN_${role} or --token` : 'the token is not good';
    const said = errorIn(body);
    throw new ServiceError(`${url} refuses: ${said || `status ${status}`} (${advice})`, EXIT.usage, true);
  }
  const parsed = parse(body);
  if (status === 400 || (status === 404 && isNamed)) {
    const said = problemIn(parsed) ?? errorIn(body);
    if (said !== '') throw new ServiceError(`${url}: ${said}`, EXIT.usage, true);
  }
  if (status !== 200 || parsed === undefined) {
    throw new ServiceError(`${url} answers (status ${status}), but not as otel-monitor does`, EXIT.unreachable, true);
  }
  return parsed;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The first of what a service says is wrong with a query. */
function problemIn(parsed: unknown): string | undefined {
  const [problem] = new WireValue(parsed).get('problems').list;
  if (problem === undefined) return undefined;
  const text = (key: string) => problem.get(key).text;
  return `--${text('path')}: found ${text('found')}, expected ${text('expected')}`;
}

function errorIn(body: string): string {
  const parsed = parse(body) as { error?: unknown } | null | undefined;
  return typeof parsed?.error === 'string' ? printable(parsed.error, 100) : '';
}

/** The reason of what fetch rejects with, which hides it in its cause. */
export function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  if (cause?.code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)';
  if (cause?.code === 'ENOTFOUND') return 'the name is not known (ENOTFOUND)';
  if (cause?.code !== undefined) return printable(`${String(cause.message || '')} (${String(cause.code)})`, 200);
  return printable(String(cause?.message ?? (error as Error)?.message ?? error), 200);
}
