/** A source that took longer than its page may. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** What a promise gives, or a DeadlineError after `millis`. The wait does not keep the process alive. */
export async function within<T>(millis: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`${what} took longer than ${millis / 1000} s`)), millis).unref();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
