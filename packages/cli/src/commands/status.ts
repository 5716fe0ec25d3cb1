import { EXIT, type ExitCode } from '../exit-code.js';
import { askService, ServiceError } from '../service/ask-service.js';
import { type ServiceOptions, serviceAddress } from '../service/service-address.js';
import { WireValue } from '../service/wire-value.js';
import { statusText } from '../status/status-text.js';
import type { Surroundings } from '../surroundings.js';
import { printableJson } from '../text/printable.js';

export interface StatusOptions extends ServiceOptions {
  readonly json?: boolean | undefined;
}

/** Shows what a running service has recorded; exits by its health. Rejects with a ServiceError or UsageError. */
export async function status(options: StatusOptions, surroundings: Surroundings): Promise<ExitCode> {
  const address = serviceAddress(options, surroundings);
  const answer = await askService(address, '/dashboard/overview', surroundings.fetch);
  const overview = new WireValue(answer);
  if (!overview.get('snapshot').get('service').isObject) {
    throw new ServiceError(`${address.url} answers, but not as otel-monitor does`, EXIT.unreachable, true);
  }
  surroundings.stdout(options.json ? `${printableJson(answer)}\n` : statusText(overview, address.url));
  return exitCodeOf(overview.get('snapshot').get('health').get('status').text);
}

/** A state that is not known yet is no bad one. */
function exitCodeOf(health: string): ExitCode {
  if (health === 'unhealthy') return EXIT.unhealthy;
  return health === 'degraded' ? EXIT.degraded : EXIT.ok;
}
