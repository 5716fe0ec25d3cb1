import { ERROR_GROUP_SORTS, ERROR_TRENDS, type ErrorQuery } from '@otel-monitor/errors';
import { ERROR_SEVERITIES } from '@otel-monitor/semconv';
import { besideWorkers } from './gathered-pages.js';
import { type AddPage, json } from './page.js';
import { oneOf, text, time, wholeNumber } from './query/query-fields.js';
import { readQuery } from './query/read-query.js';
import type { ServerSources } from './server-sources.js';

/** The groups of errors, as far as pages show them; `monitor.errors` is one. */
export type ErrorSource = Pick<ErrorQuery, 'summary' | 'groups' | 'get'>;

/** Most groups of one page: it is written in one go. */
const MAX_GROUPS = 500;

const GROUPS_QUERY = {
  severity: oneOf(ERROR_SEVERITIES),
  operation: text,
  release: text,
  trend: oneOf(ERROR_TRENDS),
  since: time,
  sort: oneOf(ERROR_GROUP_SORTS),
  limit: wholeNumber(1, MAX_GROUPS),
  offset: wholeNumber(0, 1_000_000),
};

/**
 * The errors of the process that answers, or of all that are one service with it. They tell of the application's inside, so
 * that they always want a token.
 */
export function addErrorPages(addPage: AddPage, sources: ServerSources): void {
  if (sources.errors === undefined) return;
  const { errors: own } = sources;
  const gathered = async () => {
    const { errors = own, workers } = (await sources.gathered?.()) ?? {};
    return { errors, beside: besideWorkers(workers) };
  };
  addPage('/errors/summary', 'operator', async ({ query }) => {
    const asked = readQuery(query, {});
    if ('refusal' in asked) return asked.refusal;
    const { errors, beside } = await gathered();
    return json({ ...errors.summary(), ...beside });
  });
  addPage('/errors/groups', 'operator', async ({ query }) => {
    const asked = readQuery(query, GROUPS_QUERY);
    if ('refusal' in asked) return asked.refusal;
    const { errors, beside } = await gathered();
    return json({ groups: errors.groups(asked.values), ...beside });
  });
  addPage('/errors/:name', 'operator', async ({ query, name = '' }) => {
    const asked = readQuery(query, {});
    if ('refusal' in asked) return asked.refusal;
    const { errors, beside } = await gathered();
    const found = errors.get(name);
    return found === undefined
      ? json({ error: 'there is no such group, and no such error in one', ...beside }, 404)
      : json({ ...found, ...beside });
  });
}
