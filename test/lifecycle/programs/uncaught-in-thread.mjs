/** A thread whose code throws; the program hears of it and goes on. */
import { isMainThread, Worker } from 'node:worker_threads';

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url));
  thread.on('error', (error) => console.log(String(error)));
  thread.on('exit', (code) => console.log(`thread ended with ${code}`));
} else {
  setTimeout(() => {
    throw new RangeError('torn in a thread');
  }, 5);
}
