import type { Cluster } from 'node:cluster';

/**
 * `node:cluster`, if the program has loaded it: Node loads it itself in each worker, and to load it in a process that has
 * no use for it would cost a millisecond or two.
 */
export function loadedCluster(): Cluster | undefined {
  try {
    // of Node since ever, though its types do not have it
    const { moduleLoadList } = process as { moduleLoadList?: readonly string[] };
    if (moduleLoadList?.includes('NativeModule cluster') !== true) return undefined;
    return process.getBuiltinModule('node:cluster') as unknown as Cluster;
  } catch {
    return undefined;
  }
}
