import { isMainThread, threadId } from 'node:worker_threads';
import { loadedCluster } from './loaded-cluster.js';

/** Where this code runs. */
export interface Place {
  /** `primary`: whatever is no worker, also where there are none. */
  readonly kind: 'primary' | 'process' | 'thread';
  /** `3` of a worker of node:cluster, `thread/2` of a thread; undefined of a primary. */
  readonly workerId: string | undefined;
}

/** Where this code runs; the answer is the same for the life of the thread. */
export function ownPlace(): Place {
  if (!isMainThread) return { kind: 'thread', workerId: `thread/${threadId}` };
  const cluster = process.connected ? loadedCluster() : undefined;
  if (cluster?.isWorker && cluster.worker) return { kind: 'process', workerId: String(cluster.worker.id) };
  return { kind: 'primary', workerId: undefined };
}
