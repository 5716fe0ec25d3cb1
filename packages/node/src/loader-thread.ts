import threads from 'node:worker_threads';

/**
 * True in the thread where Node runs module hooks. Before Node 22 that thread loads what `--require` names as well, and has
 * no name for itself: it is a worker that nobody talks to.
 */
export function isLoaderThread(): boolean {
  const { isInternalThread } = threads as { isInternalThread?: boolean };
  return isInternalThread ?? (!threads.isMainThread && threads.parentPort === null);
}
