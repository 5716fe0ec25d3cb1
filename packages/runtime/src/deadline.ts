/**
 * Resolves when `work` settles or after `millis`, whichever is first; never rejects. While it waits it keeps the process
 * alive, so that work on unref'd sockets is not cut off by an empty event loop. True when the work was done in time.
 */
export function withDeadline(work: Promise<unknown>, millis: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.max(0, millis));
    const done = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(done, done);
  });
}
