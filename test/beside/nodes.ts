import { join } from 'node:path';
import { preparePeer } from './peer-installation.js';

/** The lines of Node that the tests run on: this one, and one that tells of requests before they are sent. */
export function nodes(): [name: string, node: string][] {
  const { folder } = preparePeer('sdk-3');
  const here: [string, string] = [`Node ${process.versions.node.split('.')[0]}`, process.execPath];
  if (folder === undefined) return [here];
  return [here, ['Node 24', join(folder, 'node_modules', 'node', 'bin', 'node')]];
}
