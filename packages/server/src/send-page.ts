import { ServerResponse } from 'node:http';
import type { PageSlices } from './page-slices.js';
import type { SlabPool } from './slab-pool.js';
import type { Turns } from './turns.js';

/** How a page is sent. */
export interface PageSending {
  readonly headers: Readonly<Record<string, string>>;
  readonly turns: Turns;
  readonly slabs: SlabPool;
  /** After this long the connection of a client that has not taken all is broken off. */
  readonly deadlineMillis: number;
  /** Told what broke a page that was under way. */
  readonly failed: (error: unknown) => void;
}

/**
 * Sends a page slice by slice, as fast as the client takes it: two chunks of it are in memory and no more. A page of one
 * chunk has a Content-Length. One that cannot be finished ends with its connection, so that no client takes it for whole.
 * Rejects only while nothing has been sent.
 */
export async function sendPage(response: ServerResponse, page: PageSlices, sending: PageSending): Promise<void> {
  // the wait for a client does not keep the process alive
  const deadline = setTimeout(() => breakOff(response), sending.deadlineMillis).unref();
  try {
    await sendSlices(response, page, sending);
  } catch (error) {
    if (!response.headersSent) throw error;
    breakOff(response);
    sending.failed(error);
  } finally {
    clearTimeout(deadline);
    page.abandon();
  }
}

async function sendSlices(response: ServerResponse, page: PageSlices, sending: PageSending): Promise<void> {
  const { headers, turns, slabs } = sending;
  // the last chunk is not known as such before the next slice
  let held: Buffer | undefined;
  for (;;) {
    await turns.next();
    if (isGone(response)) return;
    const { chunk, isLast } = page.next();
    if (isLast) {
      if (!response.headersSent) response.writeHead(200, { ...headers, 'content-length': held?.byteLength ?? 0 });
      response.end(held, giveBack(response, slabs, held));
      // until it is with the system: the deadline holds for the last chunk too
      if (!response.writableFinished && !isGone(response)) await settled(response, 'finish');
      return;
    }
    if (chunk === undefined) continue;
    if (held !== undefined) {
      if (!response.headersSent) response.writeHead(200, headers);
      if (!response.write(held, giveBack(response, slabs, held))) await settled(response, 'drain');
    }
    held = chunk;
  }
}

/** Waits for an event of the response, or for its end. */
function settled(response: ServerResponse, event: 'drain' | 'finish'): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off(event, done).off('close', done);
      resolve();
    };
    response.on(event, done).on('close', done);
  });
}

/** Whether nobody waits for the answer any more. */
function isGone(response: ServerResponse): boolean {
  return response.destroyed || response.socket?.destroyed === true;
}

/**
 * A callback that puts a chunk's buffer back. Only where nobody has put himself between us and the socket: a middleware
 * that compresses or keeps what is written may hold on to the chunk.
 */
function giveBack(response: ServerResponse, slabs: SlabPool, chunk: Buffer | undefined): () => void {
  const { write, end } = ServerResponse.prototype;
  if (chunk === undefined || response.write !== write || response.end !== end) return () => {};
  return (error?: Error | null) => {
    if (!error && !isGone(response)) slabs.give(chunk);
  };
}

/** A reset, because a client of HTTP/1.0 takes the plain end of a connection for the end of the page. */
function breakOff(response: ServerResponse): void {
  const { socket } = response;
  if (socket !== null && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  response.destroy();
}
