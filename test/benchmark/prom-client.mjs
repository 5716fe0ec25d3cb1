import { peerModule } from './peers.mjs';

/** The address of prom-client's module; undefined when it cannot be had. */
export async function findPromClient() {
  try {
    return peerModule('prom-client');
  } catch {
    return undefined;
  }
}
