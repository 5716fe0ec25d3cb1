import { join } from 'node:path';
import { preparePeer } from './peer-installation.js';

/** The lines of Node that the tests run on: this one, and one that tells of requests before they are sent. */
export function nodes(): [name: string, node: string][] {
  const { folder, missing } = preparePeer('sdk-3');
  const here = `Node ${process.versions.node.split('.')[0]}`;
  if (folder === undefined) return [[`${here} (Node 24 needs npm: ${missing})`, process.execPath]];
  return [
    [here, process.execPath],
    ['Node 24', join(folder, 'node_modules', 'node', 'bin', 'node')],
  ];
}
