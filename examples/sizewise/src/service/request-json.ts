import { type FailureBody, ServiceError } from './service-error.js';

/** A call of another service. */
export interface JsonRequest {
  /** The service's name in codes of errors: `catalogue` gives `catalogue_unavailable`. */
  readonly service: string;
  readonly url: string;
  /** POST when there is a body, GET when there is none. */
  readonly body?: unknown;
  /** Until the whole answer is there. */
  readonly timeoutMillis: number;
}

/**
 * What the other service answers.
 *
 * @throws ServiceError as the service gave it when it refuses (4xx), `<service>_failed` with 502 when it fails,
 *   `<service>_unavailable` with 503 when nobody answers, `<service>_timeout` with 504 when the answer takes too long
 */
export async function requestJson(request: JsonRequest): Promise<unknown> {
  const { service, url, body, timeoutMillis } = request;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMillis),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    answer = await response.json();
  } catch (error) {
    throw failedCall(service, timeoutMillis, error);
  }
  if (response.ok) return answer;
  const failure = isFailureBody(answer) ? answer.error : undefined;
  if (response.status < 500 && failure !== undefined) {
    throw new ServiceError(failure.code, failure.message, response.status);
  }
  const reason = failure === undefined ? '' : `: ${failure.message}`;
  throw new ServiceError(`${service}_failed`, `${service} answered ${response.status}${reason}`, 502);
}

function failedCall(service: string, timeoutMillis: number, error: unknown): ServiceError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new ServiceError(`${service}_timeout`, `${service} did not answer in ${timeoutMillis} ms`, 504, {
      cause: error,
    });
  }
  if (error instanceof SyntaxError) {
    return new ServiceError(`${service}_failed`, `${service} did not answer in JSON`, 502, { cause: error });
  }
  return new ServiceError(`${service}_unavailable`, `${service} cannot be reached`, 503, { cause: error });
}

function isFailureBody(answer: unknown): answer is FailureBody {
  const error = (answer as Partial<FailureBody> | null)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string';
}
