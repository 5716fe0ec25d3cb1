import type { PrometheusProcess } from '../real-parts/prometheus.js';

/** A series with the values that are numbers. */
export interface AnsweredSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** What an API of Prometheus says. @throws for a query that it refuses */
export async function ask<T>(
  prometheus: PrometheusProcess,
  path: string,
  parameters: Record<string, string>,
): Promise<T> {
  const response = await fetch(`${prometheus.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const answer = (await response.json()) as { status: string; data: T; error?: string };
  if (answer.status !== 'success') throw new Error(`${answer.error}: ${JSON.stringify(parameters)}`);
  return answer.data;
}

/** A week: what a query with `offset 1w` looks back at is now for one who asks in a week. */
const WEEK_SECONDS = 7 * 86_400;
const shift = (expression: string) => (expression.includes('offset 1w') ? WEEK_SECONDS : 0);

/** The series of a query over time, as a graph asks for it; those without any number are left out. */
export async function overTime(
  prometheus: PrometheusProcess,
  query: string,
  { start, end, step }: { start: number; end: number; step: number },
): Promise<AnsweredSeries[]> {
  const later = shift(query);
  const { result } = await ask<{ result: { metric: Record<string, string>; values: [number, string][] }[] }>(
    prometheus,
    'query_range',
    { query, start: String(start + later), end: String(end + later), step: String(step) },
  );
  return withNumbers(
    result.map(({ metric, values }) => ({ labels: metric, values: values.map(([, text]) => Number(text)) })),
  );
}

/** The same of one moment, as a table asks for it. */
export async function ofMoment(prometheus: PrometheusProcess, query: string, time: number): Promise<AnsweredSeries[]> {
  const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
    prometheus,
    'query',
    { query, time: String(time + shift(query)) },
  );
  return withNumbers(result.map(({ metric, value }) => ({ labels: metric, values: [Number(value[1])] })));
}

function withNumbers(all: readonly AnsweredSeries[]): AnsweredSeries[] {
  return all
    .map(({ labels, values }) => ({ labels, values: values.filter((value) => Number.isFinite(value)) }))
    .filter(({ values }) => values.length > 0);
}
