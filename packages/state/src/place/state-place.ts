import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The part of an environment that says where state belongs. */
export type PlaceEnvironment = Readonly<Record<string, string | undefined>>;

/** The folder that folders of services are made in. */
export interface StatePlace {
  readonly path: string;
  /** Somebody named it: that it cannot be used is worth a line on stderr. */
  readonly isConfigured: boolean;
}

/**
 * The folder for state: the configured one; the first of systemd's `STATE_DIRECTORY` (systemd.exec, "RuntimeDirectory=,
 * StateDirectory=, …"); `otel-monitor` in `XDG_STATE_HOME` or `~/.local/state` (XDG Base Directory Specification: a
 * relative path is as if it were not set). Undefined: there is none.
 */
export function statePlace(
  configured: string | undefined,
  env: PlaceEnvironment = process.env,
  home: () => string = homedir,
): StatePlace | undefined {
  if (configured !== undefined) return { path: resolve(configured), isConfigured: true };
  const [unit = ''] = (env.STATE_DIRECTORY ?? '').split(':');
  if (isAbsolute(unit)) return { path: unit, isConfigured: false };
  const { XDG_STATE_HOME: stateHome = '' } = env;
  if (isAbsolute(stateHome)) return { path: join(stateHome, 'otel-monitor'), isConfigured: false };
  const user = homeOr(home);
  return isAbsolute(user) ? { path: join(user, '.local', 'state', 'otel-monitor'), isConfigured: false } : undefined;
}

/** A user without an entry among the users has no home. */
function homeOr(home: () => string): string {
  try {
    return home();
  } catch {
    return '';
  }
}
