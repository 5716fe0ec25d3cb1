import type { Attributes } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_USER_AGENT_ORIGINAL,
} from '@otel-monitor/semconv';
import { KeptText } from '../kept-text.js';
import type { RequestFacts } from './request-facts.js';

const agents = new KeptText();
const addresses = new KeptText();

/** What requests over one connection mostly have in common, as the last one had it. */
interface Kept {
  readonly authority: string | undefined;
  readonly forwarded: string | undefined;
  readonly agent: string | undefined;
  readonly redactor: unknown;
  readonly attributes: Attributes;
}

const KEPT: unique symbol = Symbol('otel-monitor.http.connection');

/** Who asks, and whom, as attributes of a span. */
export interface ConnectionAttributes {
  /** Frozen. */
  readonly attributes: Attributes;
  /** Whether the request before on this connection had the same object: those after it may have it too. */
  readonly isShared: boolean;
}

/** Who asks, and whom: client, server and user agent (semantic conventions, HTTP server spans). */
export function connectionAttributes(facts: RequestFacts): ConnectionAttributes {
  const { authority } = facts;
  const connection = facts.connection as { [KEPT]?: Kept } | undefined;
  const forwarded = facts.header('x-forwarded-for');
  const agent = facts.header('user-agent');
  const { redactor } = runtimeState;
  const kept = connection?.[KEPT];
  if (
    kept !== undefined &&
    kept.authority === authority &&
    kept.agent === agent &&
    kept.forwarded === forwarded &&
    kept.redactor === redactor
  ) {
    return { attributes: kept.attributes, isShared: true };
  }
  const attributes = Object.freeze(told(facts, authority, forwarded, agent));
  if (connection !== undefined) connection[KEPT] = { authority, forwarded, agent, redactor, attributes };
  return { attributes, isShared: false };
}

function told(
  { peerAddress, peerPort }: RequestFacts,
  authority: string | undefined,
  forwarded: string | undefined,
  agent: string | undefined,
): Attributes {
  const client = forwarded === undefined ? peerAddress : firstOf(forwarded);
  return {
    ...(authority !== undefined && server(authority)),
    ...(client !== undefined && { [ATTR_CLIENT_ADDRESS]: addresses.get(client) }),
    ...(peerAddress !== undefined && { [ATTR_NETWORK_PEER_ADDRESS]: addresses.get(peerAddress) }),
    ...(peerPort !== undefined && { [ATTR_NETWORK_PEER_PORT]: peerPort }),
    ...(agent !== undefined && { [ATTR_USER_AGENT_ORIGINAL]: agents.get(agent) }),
  };
}

function server(authority: string): Attributes {
  // the last colon outside of the brackets of an IPv6 address
  const colon = authority.lastIndexOf(':');
  const hasPort = colon > authority.lastIndexOf(']');
  const port = hasPort ? Number(authority.slice(colon + 1)) : Number.NaN;
  const host = hasPort ? authority.slice(0, colon) : authority;
  return {
    ...(host !== '' && { [ATTR_SERVER_ADDRESS]: addresses.get(host) }),
    ...(Number.isInteger(port) && { [ATTR_SERVER_PORT]: port }),
  };
}

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return (comma < 0 ? list : list.slice(0, comma)).trim();
}
