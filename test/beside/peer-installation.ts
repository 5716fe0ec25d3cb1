import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dependencies, type Installation, installOnce } from '../installed/install-once.js';
import { layBeside, layPackages } from '../installed/lay-beside.js';
import { dependenciesOf, ownPackages } from '../installed/own-packages.js';

export type PeerName = 'sdk-2' | 'sdk-3' | 'sentry-10' | 'sentry-11' | 'dd-trace-5';

const PEERS: Record<PeerName, Dependencies> = JSON.parse(
  readFileSync(new URL('./peers.json', import.meta.url), 'utf8'),
);

const programs = fileURLToPath(new URL('./programs/', import.meta.url));

/**
 * An application with another SDK, our packages and the programs of these tests, as a user has them: one copy of the API
 * for all.
 */
export function preparePeer(name: PeerName): Installation {
  const ours = ownPackages({ withSdk2: name !== 'sdk-3' });
  const installed = installOnce(`beside-${name}`, { '.': { ...dependenciesOf(ours), ...PEERS[name] } });
  if (installed.missing !== undefined) return installed;
  layPackages(ours, installed.folder);
  layBeside(programs, join(installed.folder, 'programs'));
  return installed;
}
