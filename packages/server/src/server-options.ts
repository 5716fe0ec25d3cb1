import type { ServerRole } from '@otel-monitor/config';

/** Who may read; `server` of a `MonitoringConfig` is one. */
export interface ServerOptions {
  /** `token`, the default: a token, or without any tokens a caller on this machine. `none`: everybody is a viewer. */
  readonly auth?: 'token' | 'none' | undefined;
  /** Tokens by role; a role may do what those before it may. As soon as there is one, no caller is a viewer without. */
  readonly tokens?: { readonly [R in ServerRole]?: string | undefined } | undefined;
  /** Names that the Host header may have, beside loopback and the address that the request came in by. */
  readonly allowedHosts?: readonly string[] | undefined;
}
