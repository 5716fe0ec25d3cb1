import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { BroadcastChannel, Worker } from 'node:worker_threads';
import { readFromWorker } from '../wire/read-message.js';
import { envelope, type WorkerLink, type WorkerListener } from './links.js';
import { HANDSHAKE, openChannel, textIn } from './thread-channel.js';

/** Node's word for each thread that begins. */
const WORKER_THREADS = 'worker_threads';
const MAX_THREADS = 256;
const DONE = { isFailure: false, text: 'has ended' };
/** A thread that ends by itself says so behind its last word; one that is terminated does not. */
const LAST_WORD_MILLIS = 500;

interface ThreadLink extends WorkerLink {
  /** The thread that has begun it, when that is not the main thread; it does not outlive it. */
  by?: string | undefined;
  close(): void;
}

/** The worker threads that begin from now on. Nothing is opened before the first one does. Gives the way to stop. */
export function listenToThreads(listener: WorkerListener): () => void {
  const links = new Map<string, ThreadLink>();
  let handshake: BroadcastChannel | undefined;

  const end = (id: string): void => {
    const link = links.get(id);
    if (link === undefined) return;
    links.delete(id);
    listener.ended(link, DONE);
    link.close();
    for (const [other, { by }] of links) if (by === id) end(other);
  };
  const onHandshake = (given: unknown): void => {
    const left = textIn(given, 'left');
    if (left !== undefined) setTimeout(end, LAST_WORD_MILLIS, left).unref();
    const message = readFromWorker(given);
    if (message === undefined) return;
    let link = links.get(textIn(given, 'from') ?? '');
    if (message.kind === 'hello' && link === undefined && links.size < MAX_THREADS) {
      link = linkTo(message.id, textIn(given, 'by'), listener);
      links.set(message.id, link);
    }
    if (link !== undefined) listener.heard(link, message);
  };
  const onThread = (message: unknown): void => {
    handshake ??= openChannel(HANDSHAKE, onHandshake);
    onceEnded(message, (id) => void setTimeout(end, LAST_WORD_MILLIS, id).unref());
  };
  subscribe(WORKER_THREADS, onThread);
  return () => {
    unsubscribe(WORKER_THREADS, onThread);
    handshake?.close();
    for (const link of links.values()) link.close();
    links.clear();
  };
}

/** Tells the main thread of the end of threads that this thread has begun; gives the way to stop. */
export function passOnEndings(handshake: BroadcastChannel): () => void {
  const onThread = (message: unknown): void => {
    onceEnded(message, (left) => handshake.postMessage(envelope({ left })));
  };
  subscribe(WORKER_THREADS, onThread);
  return () => void unsubscribe(WORKER_THREADS, onThread);
}

function linkTo(id: string, by: string | undefined, listener: WorkerListener): ThreadLink {
  const channel = openChannel(`${HANDSHAKE}/${id}`, (given) => {
    const message = readFromWorker(given);
    if (message !== undefined) listener.heard(link, message);
  });
  const link: ThreadLink = {
    by,
    send: (message) => {
      try {
        channel.postMessage(envelope(message));
      } catch {
        // the channel was closed
      }
    },
    close: () => channel.close(),
  };
  return link;
}

function onceEnded(message: unknown, ended: (id: string) => void): void {
  const { worker } = message as { worker?: Worker };
  if (worker === undefined) return;
  const id = `thread/${worker.threadId}`;
  worker.once('exit', () => ended(id));
}
