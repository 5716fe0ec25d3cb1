import type { MonitoringConfig, OtlpTarget } from '@otel-monitor/config';
import { reasonOf } from '../service/ask-service.js';
import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';

const DEADLINE_MILLIS = 5000;

/** Whether each place that signals are pushed to takes an empty export. */
export async function checkOtlp(
  { otlp }: Pick<MonitoringConfig, 'otlp'>,
  fetch: typeof globalThis.fetch,
): Promise<Finding[]> {
  const targets = (['traces', 'metrics', 'logs'] as const).flatMap((signal) => {
    const target = otlp[signal];
    return target === undefined ? [] : [{ signal, target }];
  });
  if (targets.length === 0)
    return [{ level: 'ok', check: 'OTLP', message: 'nothing is pushed: no endpoint is configured' }];
  return Promise.all(targets.map(({ signal, target }) => checkTarget(signal, target, fetch)));
}

async function checkTarget(signal: string, target: OtlpTarget, fetch: typeof globalThis.fetch): Promise<Finding> {
  const check = `OTLP ${signal}`;
  const { origin, pathname, username, password } = new URL(target.endpoint);
  const shown = printable(`${origin}${pathname}`);
  const isJson = target.protocol === 'http/json';
  const headers = new Headers({ 'content-type': isJson ? 'application/json' : 'application/x-protobuf' });
  if (username !== '' || password !== '') {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  for (const [name, value] of Object.entries(target.headers)) headers.set(name, value);
  const signal_ = AbortSignal.timeout(Math.min(target.timeoutMillis, DEADLINE_MILLIS));
  try {
    // an export of nothing is valid in both forms, and leaves nothing behind
    const answer = await fetch(`${origin}${pathname}${new URL(target.endpoint).search}`, {
      method: 'POST',
      headers,
      body: isJson ? '{}' : '',
      signal: signal_,
      redirect: 'error',
    });
    await answer.body?.cancel();
    return answered(check, shown, answer.status);
  } catch (error) {
    const reason = signal_.aborted ? 'no answer in time' : reasonOf(error);
    const advice = 'start a Collector there, or correct OTEL_EXPORTER_OTLP_ENDPOINT';
    return { level: 'fail', check, message: `${shown} cannot be reached: ${reason}`, advice };
  }
}

function answered(check: string, shown: string, status: number): Finding {
  if (status >= 200 && status < 300) return { level: 'ok', check, message: `${shown} takes exports` };
  const message = `${shown} answers with status ${status}`;
  if (status === 401 || status === 403) {
    return { level: 'fail', check, message, advice: 'correct the credentials in OTEL_EXPORTER_OTLP_HEADERS' };
  }
  if (status === 404 || status === 405) {
    return { level: 'fail', check, message, advice: 'no OTLP/HTTP there: the port is 4318 by default, gRPC is 4317' };
  }
  return { level: 'warn', check, message, advice: 'look at its log' };
}
