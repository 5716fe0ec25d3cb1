/** Longest time that one slice takes of the event loop, in milliseconds. */
const SLICE_MILLIS = 2;

/**
 * Runs work that pauses at each `yield`, a slice of at most some 2 ms at a time, with the event loop's other work between.
 * Nothing of it keeps the process alive.
 */
export function inSlices<T>(work: Generator<void, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const slice = () => {
      try {
        const end = performance.now() + SLICE_MILLIS;
        while (performance.now() < end) {
          const step = work.next();
          if (step.done === true) {
            resolve(step.value);
            return;
          }
        }
        setImmediate(slice).unref();
      } catch (error) {
        reject(error);
      }
    };
    setImmediate(slice).unref();
  });
}
