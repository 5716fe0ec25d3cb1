import type worker from 'node:worker_threads';
import type { UnsentExport } from './unsent-export.js';

/** Runs in the worker: posts every request, then wakes the ending thread. Plain text: the worker loads nothing else. */
const WORKER = `
const { workerData } = require('node:worker_threads');
const state = new Int32Array(workerData.state);
const { requests } = workerData;
const settled = (delivered) => {
  if (delivered) Atomics.add(state, 1, 1);
  if (Atomics.add(state, 0, 1) + 1 === requests.length) Atomics.notify(state, 0);
};
for (const { url, headers, body } of requests) {
  let open = true;
  const once = (delivered) => { if (open) { open = false; settled(delivered); } };
  try {
    const address = new URL(url);
    const client = require(address.protocol === 'https:' ? 'node:https' : 'node:http');
    const request = client.request(address, { method: 'POST', headers, ...workerData.tls }, (response) => {
      once(response.statusCode >= 200 && response.statusCode <= 299);
      response.destroy();
    });
    request.on('error', () => once(false));
    request.end(body);
  } catch {
    once(false);
  }
}
`;

/** What became of a last export. */
export interface LastExportResult {
  readonly delivered: number;
  readonly lost: number;
}

/**
 * Sends `unsent` from a worker thread while this thread stands still, for at most `timeoutMillis`: the one way out of a
 * process whose event loop does not turn any more (\`process.exit()\`, an uncaught error). Never throws.
 */
export function exportLast(unsent: readonly UnsentExport[], timeoutMillis: number): LastExportResult {
  if (unsent.length === 0) return { delivered: 0, lost: 0 };
  try {
    const state = new Int32Array(new SharedArrayBuffer(8));
    // what is needed once at most is not loaded before
    const { Worker } = process.getBuiltinModule('node:worker_threads') as typeof worker;
    const thread = new Worker(WORKER, {
      eval: true,
      // the thread must not start monitoring itself
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
      workerData: { state: state.buffer, requests: unsent },
    });
    thread.unref();
    thread.on('error', () => {});
    const deadline = performance.now() + timeoutMillis;
    for (;;) {
      const settled = Atomics.load(state, 0);
      const remaining = deadline - performance.now();
      if (settled === unsent.length || remaining <= 0) break;
      Atomics.wait(state, 0, settled, remaining);
    }
    const delivered = Atomics.load(state, 1);
    return { delivered, lost: unsent.length - delivered };
  } catch {
    // threads are not allowed here, or there is no memory left for one
    return { delivered: 0, lost: unsent.length };
  }
}
