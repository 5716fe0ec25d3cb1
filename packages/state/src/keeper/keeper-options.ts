import type { DurableState } from '@otel-monitor/runtime';
import type { ServiceIdentity } from '../place/service-folder.js';
import type { PlaceEnvironment } from '../place/state-place.js';

/** What is kept, of which service, and where. */
export interface KeeperOptions {
  readonly service: ServiceIdentity;
  readonly states: readonly DurableState[];
  /** The folder that the service's own is made in; undefined: the state directory of the system or the user. */
  readonly directory?: string | undefined;
  /** Time between two writes of what has changed, in milliseconds. Default 10,000. */
  readonly flushIntervalMillis?: number;
  /** Gets the key of user hashes that is kept with the state; left out: none is made. */
  readonly useUserHashKey?: ((key: string) => void) | undefined;
  /** Default `process.env`. */
  readonly env?: PlaceEnvironment | undefined;
  /** For tests. */
  readonly times?: Partial<KeeperTimes>;
}

/** All in milliseconds. */
export interface KeeperTimes {
  /** From the start until files are opened: the application's own start comes first. */
  readonly open: number;
  /** From the start, and from each time, until slots that nobody holds are looked for. */
  readonly merge: number;
  /** Between two signs that this process is there. */
  readonly touch: number;
  /** How long a process that ends at once may stand still. */
  readonly last: number;
}

export const TIMES: KeeperTimes = { open: 100, merge: 60_000, touch: 15_000, last: 50 };
export const FLUSH_INTERVAL_MILLIS = 10_000;
