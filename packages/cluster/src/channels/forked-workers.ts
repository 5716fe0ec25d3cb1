import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFromWorker } from '../wire/read-message.js';
import { type Ending, envelope, type WorkerLink, type WorkerListener } from './links.js';
import { loadedCluster } from './loaded-cluster.js';

/** Node's word for each child process that begins. */
const CHILD_PROCESS = 'child_process';
/** Signals that processes are ended with in order. */
const ORDERLY: readonly (string | null)[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** From the end of a process until what it said last has been read, and its channel ends. */
const READ_MILLIS = 1000;
/** From the end of the channel until it is known how the process ended; one that lives on is none of ours any more. */
const EXIT_MILLIS = 100;

type InternalMessages = { on(event: 'internalMessage', listener: (message: unknown) => void): void };
type Heard = (child: ChildProcess, message: unknown) => void;

/** Children that are listened to, once and for good: monitoring that begins anew finds them so. */
const listenedTo = new WeakSet<ChildProcess>();
const listeners = new Set<Heard>();

/**
 * The workers of node:cluster that this process forks, and those it has forked. A child process that says nothing of ours
 * is left alone. Gives the way to stop.
 */
export function listenToForks(listener: WorkerListener): () => void {
  const links = new WeakMap<ChildProcess, WorkerLink>();
  const heard: Heard = (child, given) => {
    const message = readFromWorker(given);
    if (message === undefined) return;
    let link = links.get(child);
    if (link === undefined) {
      link = linkTo(child, (ended, ending) => {
        if (listeners.has(heard)) listener.ended(ended, ending);
      });
      links.set(child, link);
    }
    listener.heard(link, message);
  };
  const onChild = (message: unknown): void => {
    const { process: child } = message as { process?: ChildProcess };
    if (child !== undefined) listenTo(child);
  };
  subscribe(CHILD_PROCESS, onChild);
  listeners.add(heard);
  for (const worker of Object.values(loadedCluster()?.workers ?? {})) {
    if (worker === undefined) continue;
    listenTo(worker.process);
    sendTo(worker.process, envelope({ kind: 'who' }));
  }
  return () => {
    unsubscribe(CHILD_PROCESS, onChild);
    listeners.delete(heard);
  };
}

function listenTo(child: ChildProcess): void {
  if (listenedTo.has(child)) return;
  listenedTo.add(child);
  (child as unknown as InternalMessages).on('internalMessage', (message) => {
    for (const heard of listeners) heard(child, message);
  });
}

function linkTo(child: ChildProcess, ended: (link: WorkerLink, ending: Ending) => void): WorkerLink {
  const link: WorkerLink = { send: (message) => sendTo(child, envelope(message)) };
  let isEnded = false;
  const end = (): void => {
    if (isEnded) return;
    isEnded = true;
    ended(link, endingOf(child));
  };
  child.once('disconnect', () => {
    // how it ended is known when it has, which is most often at once
    if (child.exitCode !== null || child.signalCode !== null) end();
    else setTimeout(end, EXIT_MILLIS).unref();
  });
  child.once('exit', () => {
    if (child.connected) setTimeout(end, READ_MILLIS).unref();
    else end();
  });
  return link;
}

function endingOf({ exitCode, signalCode }: ChildProcess): Ending {
  if (signalCode !== null) return { isFailure: !ORDERLY.includes(signalCode), text: `was ended by ${signalCode}` };
  if (exitCode === null) return { isFailure: false, text: 'has disconnected' };
  return { isFailure: exitCode !== 0, text: `exited with ${exitCode}` };
}

function sendTo(child: ChildProcess, message: object): void {
  try {
    // without a callback a channel that is closed would be an error event of the child
    if (child.connected) child.send(message, () => {});
  } catch {
    // it is ending
  }
}
