import { groupText } from '../errors/group-text.js';
import { groupsText } from '../errors/groups-text.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { askService } from '../service/ask-service.js';
import { type ServiceOptions, serviceAddress } from '../service/service-address.js';
import { sinceTime } from '../service/since-time.js';
import { WireValue } from '../service/wire-value.js';
import type { Surroundings } from '../surroundings.js';
import { printableJson } from '../text/printable.js';

/** Filters of the groups, which the service understands; see `GET /errors/groups`. */
const FILTERS = ['severity', 'operation', 'release', 'trend', 'since', 'sort', 'limit'] as const;

export type ErrorsOptions = ServiceOptions & {
  readonly json?: boolean | undefined;
} & { readonly [Filter in (typeof FILTERS)[number]]?: string | undefined };

/**
 * Shows the groups of errors of a running service, or one of them whole. Wants the token of an operator. Rejects with a
 * ServiceError or UsageError.
 *
 * @param id of a group, or of one of its errors; undefined: all groups
 */
export async function errors(
  id: string | undefined,
  options: ErrorsOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { stdout, fetch } = surroundings;
  const address = serviceAddress(options, surroundings, 'OPERATOR');
  if (id !== undefined) {
    const group = await askService(address, `/errors/${encodeURIComponent(id)}`, fetch, true);
    stdout(options.json ? `${printableJson(group)}\n` : groupText(new WireValue(group)));
    return EXIT.ok;
  }
  const asked = new URLSearchParams();
  for (const filter of FILTERS) {
    const given = options[filter];
    if (given !== undefined) asked.set(filter, filter === 'since' ? sinceTime(given, Date.now()) : given);
  }
  const query = asked.size === 0 ? '' : `?${asked}`;
  const groups = await askService(address, `/errors/groups${query}`, fetch);
  if (options.json) {
    stdout(`${printableJson(groups)}\n`);
    return EXIT.ok;
  }
  const summary = await askService(address, '/errors/summary', fetch);
  stdout(groupsText(new WireValue(summary), new WireValue(groups)));
  return EXIT.ok;
}
