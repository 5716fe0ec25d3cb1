import { readFromPrimary } from '../wire/read-message.js';
import { envelope, type PrimaryLink, type PrimaryListener } from './links.js';

type InternalMessages = {
  on(event: 'internalMessage', listener: (message: unknown) => void): void;
  removeListener(event: 'internalMessage', listener: (message: unknown) => void): void;
};

/** From a worker of node:cluster to its primary, over the channel that Node has between them. */
export function linkToPrimary(listener: PrimaryListener): PrimaryLink {
  const target = process as unknown as InternalMessages;
  const onMessage = (given: unknown): void => {
    const message = readFromPrimary(given);
    if (message !== undefined) listener.heard(message);
  };
  target.on('internalMessage', onMessage);
  const restore = beforeDisconnect(() => listener.closing());
  let sent = Promise.resolve();
  const settled = (): (() => void) => {
    let settle = (): void => {};
    sent = new Promise((resolve) => {
      settle = resolve;
    });
    return settle;
  };
  return {
    sent: () => sent,
    send: (message) => {
      try {
        if (process.connected) process.send?.(envelope(message), settled());
      } catch {
        // the primary is ending, or the message is more than can be written
      }
    },
    close: () => {
      target.removeListener('internalMessage', onMessage);
      restore();
    },
  };
}

/** Node tells of the end of the channel when nothing can be said any more. */
function beforeDisconnect(work: () => void): () => void {
  const { disconnect } = process;
  if (typeof disconnect !== 'function') return () => {};
  const before = function (this: NodeJS.Process): void {
    work();
    disconnect.call(this);
  };
  process.disconnect = before;
  return () => {
    if (process.disconnect === before) process.disconnect = disconnect;
  };
}
