import { EXIT, type ExitCode } from '../exit-code.js';
import { askService, ServiceError } from '../service/ask-service.js';
import { type ServiceOptions, serviceAddress, UsageError } from '../service/service-address.js';
import { WireValue } from '../service/wire-value.js';
import type { Surroundings } from '../surroundings.js';
import { printableJson } from '../text/printable.js';
import { usageText } from '../usage/usage-text.js';

export interface UsageOptions extends ServiceOptions {
  readonly json?: boolean | undefined;
  /** UTC days, today with them; default 28. */
  readonly days?: string | undefined;
  /** Most features; default 50. */
  readonly limit?: string | undefined;
}

const DEFAULT_DAYS = '28';
const DAY_MILLIS = 86_400_000;

/**
 * Shows what is used of a running service: users, features, releases, workflows and flags. With `--json` one object of what
 * the pages said, by their names. Rejects with a ServiceError or UsageError.
 */
export async function usage(options: UsageOptions, surroundings: Surroundings): Promise<ExitCode> {
  const address = serviceAddress(options, surroundings);
  const { days = DEFAULT_DAYS, limit } = options;
  if (!/^[1-9]\d{0,2}$/.test(days)) throw new UsageError('--days: expected a whole number from 1 to 400');
  const ofDays = `?${new URLSearchParams({ days })}`;
  const ask = (path: string) => askService(address, path, surroundings.fetch);
  // those with what was given first: a question that cannot be answered is asked once
  const releases = await ask(`/usage/releases${ofDays}`);
  const features = await ask(`/usage/features${featuresQuery(Number(days), limit)}`);
  const [summary, workflows, flags] = await Promise.all([
    ask('/usage'),
    ask(`/usage/workflows${ofDays}`),
    ask(`/usage/flags${ofDays}`),
  ]);
  if (!new WireValue(summary).get('activeUsers').isObject) {
    throw new ServiceError(`${address.url} answers, but not as otel-monitor does`, EXIT.unreachable, true);
  }
  const all = { summary, features, releases, workflows, flags };
  surroundings.stdout(options.json ? `${printableJson(all)}\n` : usageText(new WireValue(all), days));
  return EXIT.ok;
}

/** Features are asked for since a time: the first moment of the first of the days. */
function featuresQuery(days: number, limit: string | undefined): string {
  const today = Math.floor(Date.now() / DAY_MILLIS);
  const since = new Date((today - days + 1) * DAY_MILLIS).toISOString();
  return `?${new URLSearchParams({ since, ...(limit !== undefined && { limit }) })}`;
}
