import type { Attributes } from '@opentelemetry/api';
import { cleanText } from '@otel-monitor/runtime';
import { ATTR_NETWORK_PEER_ADDRESS, ATTR_NETWORK_PEER_PORT } from '@otel-monitor/semconv';

/** The other end of a connection, as Node's sockets tell it. */
export interface Peer {
  readonly remoteAddress?: unknown;
  readonly remotePort?: unknown;
}

/** By the connection: requests that are sent over it have the same object. */
const known = new WeakMap<Peer, Attributes>();

/** Where a connection leads, as attributes of a span. */
export interface PeerAttributes {
  /** Frozen. */
  readonly attributes: Attributes;
  /** Whether a request before on this connection had the same object: those after it may have it too. */
  readonly isShared: boolean;
}

/** Where a connection leads (semantic conventions, HTTP client spans). */
export function peerAttributes(peer: Peer): PeerAttributes {
  const kept = known.get(peer);
  if (kept !== undefined) return { attributes: kept, isShared: true };
  const { remoteAddress, remotePort } = peer;
  const attributes = Object.freeze({
    ...(typeof remoteAddress === 'string' && { [ATTR_NETWORK_PEER_ADDRESS]: cleanText(remoteAddress) }),
    ...(typeof remotePort === 'number' && { [ATTR_NETWORK_PEER_PORT]: remotePort }),
  });
  // one that is not connected yet, or no more, may be asked again
  if (remoteAddress !== undefined) known.set(peer, attributes);
  return { attributes, isShared: false };
}
