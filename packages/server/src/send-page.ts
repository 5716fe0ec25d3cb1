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
  const client = new Client(response, sending.deadlineMillis);
  try {
    await sendSlices(client, page, sending);
  } catch (error) {
    if (!response.headersSent) throw error;
    client.breakOff();
    sending.failed(error);
  } finally {
    client.release();
    page.abandon();
  }
}

async function sendSlices(client: Client, page: PageSlices, sending: PageSending): Promise<void> {
  const { headers, turns, slabs } = sending;
  const { response } = client;
  // the last chunk is not known as such before the next slice
  let held: Buffer | undefined;
  for (;;) {
    await turns.next();
    if (client.isGone) return;
    const { chunk, isLast } = page.next();
    if (isLast) {
      if (!response.headersSent) response.writeHead(200, { ...headers, 'content-length': held?.byteLength ?? 0 });
      response.end(held, giveBack(client, slabs, held));
      // until it is with the system: the deadline holds for the last chunk too
      if (!response.writableFinished) await client.until('finish');
      return;
    }
    if (chunk === undefined) continue;
    if (held !== undefined) {
      if (!response.headersSent) response.writeHead(200, headers);
      if (!response.write(held, giveBack(client, slabs, held))) await client.until('drain');
    }
    held = chunk;
  }
}

/** Who takes the page, until the deadline. */
class Client {
  #isLate = false;
  #wake: (() => void) | undefined;
  readonly #deadline: NodeJS.Timeout;

  constructor(
    readonly response: ServerResponse,
    deadlineMillis: number,
  ) {
    // the wait for a client does not keep the process alive
    this.#deadline = setTimeout(() => {
      this.#isLate = true;
      this.breakOff();
      // an answer that waits behind another on its connection has no socket yet, and says nothing of its end
      this.#wake?.();
    }, deadlineMillis).unref();
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.#isLate || this.response.destroyed || this.response.socket?.destroyed === true;
  }

  /** Waits for an event of the response, for its end, or for the deadline. */
  until(event: 'drain' | 'finish'): Promise<void> {
    const { response } = this;
    if (this.isGone) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        response.off(event, done).off('close', done);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = done;
      response.on(event, done).on('close', done);
    });
  }

  /** A reset, because a client of HTTP/1.0 takes the plain end of a connection for the end of the page. */
  breakOff(): void {
    const { socket } = this.response;
    if (socket !== null && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
    this.response.destroy();
  }

  release(): void {
    clearTimeout(this.#deadline);
  }
}

/**
 * A callback that puts a chunk's buffer back. Only where nobody has put himself between us and the socket: a middleware
 * that compresses or keeps what is written may hold on to the chunk.
 */
function giveBack(client: Client, slabs: SlabPool, chunk: Buffer | undefined): () => void {
  const { response } = client;
  const { write, end } = ServerResponse.prototype;
  if (chunk === undefined || response.write !== write || response.end !== end) return () => {};
  return (error?: Error | null) => {
    if (!error && !client.isGone) slabs.give(chunk);
  };
}
