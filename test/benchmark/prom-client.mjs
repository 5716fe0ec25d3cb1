import { peerModule } from './peers.mjs';

/** The address of prom-client's module. Throws when it cannot be had. */
export function findPromClient() {
  return peerModule('prom-client');
}
