import type { Span } from '@opentelemetry/api';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_USER_AGENT_ORIGINAL,
} from '@otel-monitor/semconv';
import { KeptText } from '../kept-text.js';
import { knownMethod } from '../method-name.js';
import { redactQuery } from '../redact-query.js';
import { oneHeader, type RequestFacts } from './request-facts.js';

const paths = new KeptText();
const queries = new KeptText(redactQuery);
const agents = new KeptText();
const addresses = new KeptText();

/** Says on a recording span what is told of one request alone (semantic conventions, HTTP server spans). */
export function describeRequest(span: Span, facts: RequestFacts): void {
  const { method, target, headers, authority, peerAddress, peerPort } = facts;
  const query = target.indexOf('?');
  span.setAttribute(ATTR_URL_PATH, paths.get(query < 0 ? target : target.slice(0, query)));
  if (query >= 0 && query + 1 < target.length) span.setAttribute(ATTR_URL_QUERY, queries.get(target.slice(query + 1)));
  if (authority !== undefined) describeServer(span, authority);
  const forwarded = oneHeader(headers, 'x-forwarded-for');
  const client = forwarded === undefined ? peerAddress : firstOf(forwarded);
  if (client !== undefined) span.setAttribute(ATTR_CLIENT_ADDRESS, addresses.get(client));
  if (peerAddress !== undefined) span.setAttribute(ATTR_NETWORK_PEER_ADDRESS, peerAddress);
  if (peerPort !== undefined) span.setAttribute(ATTR_NETWORK_PEER_PORT, peerPort);
  const agent = oneHeader(headers, 'user-agent');
  if (agent !== undefined) span.setAttribute(ATTR_USER_AGENT_ORIGINAL, agents.get(agent));
  if (knownMethod(method) !== method) span.setAttribute(ATTR_HTTP_REQUEST_METHOD_ORIGINAL, method.slice(0, 64));
}

function describeServer(span: Span, authority: string): void {
  // the last colon outside of the brackets of an IPv6 address
  const colon = authority.lastIndexOf(':');
  const hasPort = colon > authority.lastIndexOf(']');
  const port = hasPort ? Number(authority.slice(colon + 1)) : Number.NaN;
  const host = hasPort ? authority.slice(0, colon) : authority;
  if (host !== '') span.setAttribute(ATTR_SERVER_ADDRESS, addresses.get(host));
  if (Number.isInteger(port)) span.setAttribute(ATTR_SERVER_PORT, port);
}

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return (comma < 0 ? list : list.slice(0, comma)).trim();
}
