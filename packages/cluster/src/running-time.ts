const TICK_MILLIS = 100;

/**
 * Does `work` when the event loop has been running for so long, in steps of 100 ms: while it stands still, as at the start of
 * a large program, what has come is not read, and nobody can be said to have been silent. Does not keep the process alive.
 * Gives a function that ends the waiting.
 */
export function afterRunning(millis: number, work: () => void): () => void {
  let left = Math.ceil(millis / TICK_MILLIS);
  const ticks = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(ticks);
    work();
  }, TICK_MILLIS).unref();
  return () => clearInterval(ticks);
}
